import { type Bundle, type BundleEntry } from '../../sample/domain/r4.js';

/** What a record of a Bundle is known by and says: enough to tell one version of it from another. */
export interface Version {
  /** Type and identifier, `Observation urn:sample:result|TJ…-HGB`. */
  key: string;
  /** Status and, of results, release: no two versions of one result share a release. */
  mark: string;
  /** Orders the versions of a result; the same for all versions of anything else. */
  issuedAt: number;
  /** The rule that this version meets; null for most. */
  rule: string | null;
}

/** One Bundle as it goes to the door, sent as often as needed, and what it says. */
export interface Letter {
  bytes: Buffer;
  versions: readonly Version[];
}

/** What a person's record should be. */
export interface Standing {
  /** Current version of every record, by key. */
  records: ReadonlyMap<string, Version>;
  /** `rule of key` of every finding of the pack that stands. */
  findings: ReadonlySet<string>;
}

/** The pack whose findings are foretold here, one by one; those of others are left to the second witness. */
export const PACK = 'important-results';

/** Types that are looked for again afterwards; others bear no identifier, or are not the person's own. */
export const WATCHED_TYPES = ['Patient', 'Encounter', 'Observation', 'DiagnosticReport'] as const;
const WATCHED: ReadonlySet<string> = new Set(WATCHED_TYPES);

interface Identified {
  resourceType: string;
  identifier?: { system?: string; value?: string }[];
  status?: string;
  issued?: string;
}

/** How a resource is known, whether it was sent or read back; null when it is not looked for. */
export function versionOf(resource: Identified): Omit<Version, 'rule'> | null {
  const [identifier] = resource.identifier ?? [];
  if (!WATCHED.has(resource.resourceType) || !identifier?.system || !identifier.value) return null;
  const { resourceType, status = '', issued } = resource;
  return {
    key: `${resourceType} ${identifier.system}|${identifier.value}`,
    mark: issued === undefined ? status : `${status} ${issued}`,
    issuedAt: issued === undefined ? 0 : Date.parse(issued),
  };
}

/** @param rules the rules that records of this Bundle meet, by key */
export function letterOf(bundle: Bundle, rules: ReadonlyMap<string, string>): Letter {
  const versions = bundle.entry.flatMap(({ resource }: BundleEntry) => {
    const version = versionOf(resource);
    return version ? { ...version, rule: rules.get(version.key) ?? null } : [];
  });
  return { bytes: Buffer.from(JSON.stringify(bundle)), versions };
}

/** What should stand once these letters, and no others, were taken in: of each record the latest release. */
export function standingOf(letters: Iterable<Letter>): Standing {
  const records = new Map<string, Version>();
  for (const { versions } of letters) {
    for (const version of versions) {
      const known = records.get(version.key);
      if (!known || version.issuedAt > known.issuedAt) records.set(version.key, version);
    }
  }
  const findings = new Set<string>();
  for (const { key, rule } of records.values()) if (rule !== null) findings.add(findingOf(rule, key));
  return { records, findings };
}

export function findingOf(rule: string, key: string): string {
  return `${rule} of ${key}`;
}
