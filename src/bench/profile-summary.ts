/** The parts of a V8 CPU profile that are read here. */
export interface CpuProfile {
  nodes: {
    id: number;
    children?: number[];
    callFrame: { functionName: string; url: string; lineNumber: number };
  }[];
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
  return longest(profile, (id) => names.get(id) ?? '?', count);
}

/**
 * The rooms on whose behalf the time was spent: everything a room calls that is no room itself (packages, the
 * database driver, Node) counts as the room's.
 */
export function roomTimes(profile: CpuProfile, count: number): SelfTime[] {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])),
  );
  const roomOf = (id: number | undefined): string => {
    const frame = id === undefined ? undefined : nodes.get(id)?.callFrame;
    if (!frame) return '(outside any room)';
    if (frame.functionName === '(idle)') return '(idle)';
    return /\/dist\/src\/([^/]+)\//.exec(frame.url)?.[1] ?? roomOf(parents.get(id ?? -1));
  };
  return longest(profile, roomOf, count);
}

function longest(
  { samples, timeDeltas }: CpuProfile,
  where: (id: number) => string,
  count: number,
): SelfTime[] {
  const spent = new Map<string, number>();
  samples?.forEach((id, i) => {
    const name = where(id);
    if (name !== '(idle)') spent.set(name, (spent.get(name) ?? 0) + (timeDeltas?.[i] ?? 0) / 1000);
  });
  const total = [...spent.values()].reduce((sum, part) => sum + part, 0);
  return [...spent]
    .map(([name, milliseconds]) => ({ where: name, milliseconds, share: milliseconds / total }))
    .sort((one, other) => other.milliseconds - one.milliseconds)
    .slice(0, count);
}

function nameOf({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame']): string {
  const file = url.replace(/^.*\/(node_modules|dist)\//, '$1/');
  return file ? `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}` : functionName;
}
