import { type FhirClient } from '../rig/index.js';
import { type Seen } from './domain/examine.js';
import { findingOf, versionOf, WATCHED_TYPES } from './domain/letter.js';

/** In a call, though it was retracted or is gone. */
const STRAY = 'a finding that does not stand';
const CLOSED: ReadonlySet<string> = new Set(['completed', 'cancelled']);
const MOST = '1000';
type Watched = fhir4.Patient | fhir4.Encounter | fhir4.Observation | fhir4.DiagnosticReport;

/** Everything that other systems see of one person, over FHIR. @throws Error when the service does not answer */
export async function lookAt(reader: FhirClient, patient: string): Promise<Seen> {
  const search = async <T extends fhir4.FhirResource>(type: string, by: string): Promise<T[]> => {
    const parameters = new URLSearchParams({ [by]: patient, _count: MOST });
    const bundle = (await reader.get(`/fhir/${type}?${parameters.toString()}`)) as fhir4.Bundle;
    return (bundle.entry ?? []).map(({ resource }) => resource as T);
  };
  const resources: Watched[] = [];
  for (const type of WATCHED_TYPES) {
    resources.push(
      ...(await search<Watched>(type, type === 'Patient' ? 'identifier' : 'patient.identifier')),
    );
  }
  const issues = await search<fhir4.DetectedIssue>('DetectedIssue', 'patient.identifier');
  const tasks = await search<fhir4.Task>('Task', 'patient.identifier');
  const keys = new Map<string, string>();
  const records = resources.flatMap((resource) => {
    const version = versionOf(resource);
    if (version) keys.set(`${resource.resourceType}/${resource.id}`, version.key);
    return version ?? [];
  });
  const standing = issues.filter(({ status }) => status !== 'entered-in-error');
  const findings = standing.map((issue) => ({
    id: `DetectedIssue/${issue.id}`,
    rule: issue.code?.coding?.[0]?.code ?? '',
    key: keys.get(issue.implicated?.[0]?.reference ?? '') ?? 'a result that is not there',
  }));
  const names = new Map(findings.map(({ id, rule, key }) => [id, findingOf(rule, key)]));
  const open = tasks.filter((task) => !CLOSED.has(task.status) && task.code?.coding?.[0]?.code === 'notify');
  const calls = open.map(({ input = [] }) =>
    input.map(({ valueReference }) => names.get(valueReference?.reference ?? '') ?? STRAY),
  );
  return { records, findings, calls };
}
