import { DataSource, IsNull } from 'typeorm';
import { type DoubtReason } from '../../src/kernel/index.js';
import { DataQualityEntity } from '../../src/people/index.js';
import { type Difference, ReconcileService } from '../../src/reconcile/index.js';
import { TaskEntity, TaskRepository, TasksService } from '../../src/tasks/index.js';
import { type TestApp } from './app.js';
import { MRN } from './messages.js';

const CLOSED = new Set(['completed', 'cancelled']);

/** What other systems see of one person. */
export interface Seen {
  /** Rule ids of the findings that stand, sorted. */
  findings: string[];
  retracted: string[];
  notify: fhir4.Task[];
  review: fhir4.Task[];
  correction: fhir4.Task[];
  all: { findings: fhir4.DetectedIssue[]; tasks: fhir4.Task[]; observations: fhir4.FhirResource[] };
}

/** Reads a person's findings and open tasks over FHIR. */
export async function seen(app: TestApp, mrn: string): Promise<Seen> {
  const by = { 'patient.identifier': `${MRN}|${mrn}` };
  const findings = await app.search<fhir4.DetectedIssue>('DetectedIssue', by);
  const tasks = await app.search<fhir4.Task>('Task', by);
  const observations = await app.search('Observation', by);
  const open = (code: string): fhir4.Task[] => tasks.filter((task) => isOpen(task) && codeOf(task) === code);
  return {
    findings: rules(findings.filter(({ status }) => status !== 'entered-in-error')),
    retracted: rules(findings.filter(({ status }) => status === 'entered-in-error')),
    notify: open('notify'),
    review: open('review'),
    correction: open('correction'),
    all: { findings, tasks, observations },
  };
}

/** How many tasks of each code are open: what the queue shows of a person. */
export function openTasks({ notify, review, correction }: Seen): string {
  return [
    ...notify.map(() => 'notify'),
    ...review.map(() => 'review'),
    ...correction.map(() => 'correction'),
  ].join(' ');
}

export function isOpen(task: fhir4.Task): boolean {
  return !CLOSED.has(task.status);
}

function codeOf(task: fhir4.Task): string {
  return task.code!.coding![0]!.code!;
}

function rules(findings: readonly fhir4.DetectedIssue[]): string[] {
  return findings.map((one) => one.code!.coding![0]!.code!.replace('important-results/', '')).sort();
}

/** The nurse (or doctor) records that it was done, having read the task as it is now. */
export async function tell(app: TestApp, task: fhir4.Task, version?: number): Promise<void> {
  await app.nest.get(TasksService).tell({
    taskId: task.id!,
    version: version ?? Number(task.meta!.versionId),
    actor: 'nurse-1',
    note: null,
  });
}

/** A nurse takes the task. */
export async function claim(app: TestApp, task: fhir4.Task): Promise<void> {
  await app.nest
    .get(DataSource)
    .manager.update(TaskEntity, { id: task.id! }, { status: 'accepted', owner: 'nurse-1' });
}

/** Ids of findings that joined after the claim and have not been read. */
export async function markedNew(app: TestApp, task: fhir4.Task): Promise<string[]> {
  const found = await app.nest.get(TaskRepository).find(app.nest.get(DataSource).manager, task.id!);
  return found!.findings.filter(({ isNew }) => isNew).map(({ findingId }) => findingId);
}

const TABLES = [
  'person',
  'person_key',
  'observation',
  'observation_version',
  'clinical_resource',
  'finding',
  'task',
  'task_finding',
  'message',
  'data_quality',
] as const;

/** Rows of every table that a message may write to. */
export async function rowCounts(app: TestApp): Promise<Record<(typeof TABLES)[number], number>> {
  const counts: [string, number][] = [];
  for (const table of TABLES) {
    const [row] = await app.nest
      .get(DataSource)
      .query<{ n: string | number }[]>(`SELECT COUNT(*) AS n FROM ${table}`);
    counts.push([table, Number(row!.n)]);
  }
  return Object.fromEntries(counts) as Record<(typeof TABLES)[number], number>;
}

/** Reasons of the open data-quality items, each once, sorted. */
export async function dataQuality(
  app: TestApp,
  of: { personId: string } | { observationId: string },
): Promise<DoubtReason[]> {
  const items = await app.nest
    .get(DataSource)
    .manager.findBy(DataQualityEntity, { ...of, resolvedAt: IsNull() });
  return [...new Set(items.map(({ reason }) => reason))].sort();
}

/** The reasons why something of this person could not be judged. */
export async function reasonsOf(app: TestApp, mrn: string): Promise<DoubtReason[]> {
  const [patient] = await app.search('Patient', { identifier: `${MRN}|${mrn}` });
  return dataQuality(app, { personId: patient!.id! });
}

/** What the second witness finds wrong; the app needs the ReconcileModule. */
export async function reconcile(app: TestApp): Promise<Difference[]> {
  const found: Difference[] = [];
  await app.nest.get(ReconcileService).run({ difference: (difference) => found.push(difference) });
  return found;
}
