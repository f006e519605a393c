import { type FhirClient, type ServiceProcess } from '../rig/index.js';
import { type Bodies } from './bodies.js';
import { type Load, type Sender } from './http-load.js';
import { type PlainInserts } from './plain-inserts.js';
import { type Latency, type Round } from './result.js';
import { cpuTime } from './service.js';
import { quantile } from './statistics.js';

/** People a round: their bodies (11 MB) and rows are all that the client ever holds. */
const ROUND = 200;
const FEWEST_ROUNDS = 4;

export interface Benched {
  sender: Sender;
  service: ServiceProcess;
  plain: PlainInserts;
  bodies: Bodies;
}

/** Sends `people` in rounds, each followed by the plain inserts of the rows it wrote, so that drift of the machine cancels. */
export async function measureRounds(
  { sender, service, plain, bodies }: Benched,
  people: number,
  clients: number,
): Promise<{ rounds: Round[]; latencies: number[] }> {
  const size = Math.max(1, Math.min(ROUND, Math.ceil(people / FEWEST_ROUNDS)));
  const rounds: Round[] = [];
  const latencies: number[] = [];
  for (let left = people; left > 0; left -= size) {
    const before = cpuTime(service.pid);
    const load = await sender.closedLoop(bodies.take(Math.min(size, left)), clients);
    const cpu = cpuTime(service.pid) - before;
    const took = load.elapsed + (await plain.settle());
    for (const latency of load.latencies) latencies.push(latency);
    const transactions = await plain.takeNewRows();
    const rows = transactions.reduce((sum, { length }) => sum + length, 0);
    rounds.push({
      people: load.people,
      rows,
      service: took,
      cpu,
      plain: (await plain.insert(transactions)) + (await plain.settle()),
    });
  }
  return { rounds, latencies };
}

/** Stores people without measuring them. */
export async function store(sender: Sender, bodies: Bodies, people: number, clients: number): Promise<void> {
  for (let left = people; left > 0; left -= ROUND)
    await sender.closedLoop(bodies.take(Math.min(ROUND, left)), clients);
}

export function latency({ latencies }: Pick<Load, 'latencies'>): Latency {
  return { p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) };
}

const NOTIFY = 'urn:firstcall:task|notify';

/**
 * Sends a few people, half of them with an important result, and reads each one's tasks the moment the answer has
 * come: exactly one call must be there, or none.
 */
export async function verifyTasks(
  reader: FhirClient,
  sender: Sender,
  bodies: Bodies,
  count: number,
): Promise<{ checked: number; wrong: number }> {
  let wrong = 0;
  for (let i = 0; i < count; i++) {
    const body = bodies.nextThat(i % 2 === 0);
    await sender.post(body);
    const search = new URLSearchParams({
      'patient.identifier': `urn:sample:client|${body.serial}`,
      code: NOTIFY,
    });
    const found = (await reader.get(`/fhir/Task?${search.toString()}`)) as { entry?: unknown[] };
    if ((found.entry?.length ?? 0) !== (body.important ? 1 : 0)) wrong++;
  }
  return { checked: count, wrong };
}
