/** The parts of a V8 CPU profile that are read here. */
export interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples?: number[];
  /** Microseconds since the sample before. */
  timeDeltas?: number[];
}

export interface SelfTime {
  where: string;
  milliseconds: number;
  share: number;
}

/** The functions in which the time was spent (self time, without idling), longest first. */
export function selfTimes(profile: CpuProfile, count: number): SelfTime[] {
  const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const spent = new Map<string, number>();
  profile.samples?.forEach((id, i) => {
    const name = names.get(id) ?? '?';
    if (name !== '(idle)') spent.set(name, (spent.get(name) ?? 0) + (profile.timeDeltas?.[i] ?? 0) / 1000);
  });
  const total = [...spent.values()].reduce((sum, part) => sum + part, 0);
  return [...spent]
    .map(([where, milliseconds]) => ({ where, milliseconds, share: milliseconds / total }))
    .sort((a, b) => b.milliseconds - a.milliseconds)
    .slice(0, count);
}

function nameOf({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame']): string {
  const file = url.replace(/^.*\/(node_modules|dist)\//, '$1/');
  return file ? `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}` : functionName;
}
