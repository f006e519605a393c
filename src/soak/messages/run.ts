import { setTimeout as sleep } from 'node:timers/promises';
import { useDatabase } from '../../config/config.js';
import { sign } from '../../messaging/domain/webhook-signature.js';
import { CALLING_DEFAULTS } from '../../policy/index.js';
import { type Cleanup, freshDatabase, ServiceProcess } from '../../rig/index.js';
import { Random } from '../../sample/index.js';
import { latestStep, stepsDue, wrongEscalations } from './escalations.js';
import { Gateway } from './gateway.js';
import { addStaff, LADDER_MS, quickRules, Results, STAFF } from './results.js';
import { type Writer } from './writer.js';

export interface MessagesSoakOptions {
  server: string;
  instances: number;
  seconds: number;
  seed: string;
  say: (text: string) => void;
}

export interface MessagesSoakResult {
  kills: number;
  committed: number;
  undone: number;
  /** Requests that the gateway got, and messages that it sent. */
  asked: number;
  sent: number;
  askedAgain: number;
  /** Results of class A that were acknowledged, and steps of the ladder that were asked for them. */
  results: number;
  steps: number;
  /** The longest that a step was asked after its time, in seconds. */
  latestStepSeconds: number;
  states: Record<string, number>;
  faults: string[];
}

const SECRET = 'whsec_dGhlIHNlY3JldCBvZiB0aGUgc29haw==';
const SECRET_KEY = 'for the soak alone, where nothing is secret';
/** A lease, and the longest of the pauses that a message comes to. */
const SETTLED_WITHIN_MS = 15 * 60_000;
const RECEIPT_TRIES = 600;
/** As late as the watchdog lets a step be before it raises an alarm: `watch.stuck_minutes` of the policy. */
const STUCK_SECONDS = CALLING_DEFAULTS.watch.stuck_minutes * 60;
/** Results come in this part of the time at least, however short it is. */
const SENDING_AT_LEAST = 1 / 3;

/** Kills instances at random while messages are written, sent and reported of; then counts at the receiver. */
export async function soakMessages(
  { server, instances, seconds, seed, say }: MessagesSoakOptions,
  cleanup: Cleanup,
): Promise<MessagesSoakResult> {
  const database = await freshDatabase('mysql', server);
  cleanup.addEvidence(database.folder, () => database.drop());
  const services: ServiceProcess[] = [];
  const reporting: Promise<void>[] = [];
  const chance = new Random(seed, 'receipts');
  const gateway = new Gateway(new Random(seed, 'gateway'), (id) => {
    const report = (): Promise<void> => reportTo(() => chance.pick(services), id);
    reporting.push(report(), report());
  });
  const url = await gateway.start();
  cleanup.add(() => gateway.close());
  const env = {
    ...{ SECRET_KEY, SMS_GATEWAY_URL: url, SMS_ACCESS_KEY_ID: 'soak', SMS_ACCESS_KEY_SECRET: 'soak' },
    ...{ SMS_SIGN_NAME: 'soak', SMS_RECEIPT_SECRET: SECRET, RULES_DIR: quickRules(database.folder) },
  };
  for (let i = 1; i <= instances; i++) {
    const name = `service ${i}`;
    const settings = { databaseUrl: database.url, folder: database.folder, name, env };
    const service = await ServiceProcess.create(settings);
    cleanup.add(() => service.kill());
    services.push(service);
  }
  await Promise.all(services.map((service) => service.start()));
  await addStaff(services[0]!);
  const key = await services[0]!.makeKey('feed');
  const results = new Results(services, key, new Random(seed, 'results'));
  Object.assign(process.env, env);
  useDatabase(database.url);
  // What it loads asks which database it is for.
  const { Writer: Loaded } = await import('./writer.js');
  const writer = await Loaded.start(new Random(seed, 'writer'));
  cleanup.add(() => writer.close());
  say(`${instances} instances are up`);
  const kills = await killWhileWriting(services, writer, results, { seconds, seed, say });
  const states = await untilSettled(writer, results, say);
  await Promise.all(reporting);
  return judged(gateway, writer, results, await writer.states(), kills, states.isSettled);
}

async function killWhileWriting(
  services: readonly ServiceProcess[],
  writer: Writer,
  results: Results,
  { seconds, seed, say }: Pick<MessagesSoakOptions, 'seconds' | 'seed' | 'say'>,
): Promise<number> {
  const until = performance.now() + seconds * 1000;
  const random = new Random(seed, 'kills');
  const pauses = new Random(seed, 'pauses');
  let kills = 0;
  const write = async (): Promise<void> => {
    while (performance.now() < until) {
      await writer.write();
      await sleep(pauses.between(0, 400));
    }
  };
  const kill = async (service: ServiceProcess): Promise<void> => {
    while (performance.now() < until) {
      await sleep(random.between(500, 8000));
      await service.kill();
      kills++;
      await service.start();
      say(`killed ${kills} times; ${writer.committed.size} messages written`);
    }
  };
  // Early, so that instances die while the steps of their ladders are asked, and little is left to wait for after that.
  const sendUntil = until - Math.min(LADDER_MS, seconds * 1000 * (1 - SENDING_AT_LEAST));
  const send = async (): Promise<void> => {
    while (performance.now() < sendUntil) {
      await results.send();
      await sleep(pauses.between(0, 700));
    }
  };
  await Promise.all([write(), send(), ...services.map(kill)]);
  return kills;
}

/** Until every call has gone up its ladder, and every message has come to something. */
async function untilSettled(
  writer: Writer,
  results: Results,
  say: (text: string) => void,
): Promise<{ isSettled: boolean }> {
  const until = performance.now() + SETTLED_WITHIN_MS;
  while (performance.now() < until) {
    const { waiting = 0, sending = 0 } = await writer.states();
    const { tasks, steps } = await writer.asked();
    const left = results.acknowledged * STAFF.length - steps.length;
    if (waiting + sending === 0 && left <= 0) return { isSettled: true };
    const due = stepsDue(tasks, steps, new Date());
    say(
      `${waiting} messages wait, ${sending} are being sent; ${due} steps are due, ${left - due} wait for their time`,
    );
    await sleep(5000);
  }
  return { isSettled: false };
}

/** Reports delivery to some instance, again and again until one that lives takes it. */
async function reportTo(pick: () => ServiceProcess, messageId: string): Promise<void> {
  const body = JSON.stringify({
    receipts: [{ messageId, status: 'delivered', at: '2026-01-01T00:00:00Z' }],
  });
  for (let attempt = 0; attempt < RECEIPT_TRIES; attempt++) {
    const headers = { 'content-type': 'application/json', ...sign(messageId, body, SECRET, new Date()) };
    const address = `http://127.0.0.1:${pick().port}/api/messages/receipts/sms`;
    try {
      if ((await fetch(address, { method: 'POST', body, headers })).ok) return;
    } catch {
      // It was killed; another, or the same a little later.
    }
    await sleep(1000);
  }
}

async function judged(
  gateway: Gateway,
  writer: Writer,
  results: Results,
  states: Record<string, number>,
  kills: number,
  isSettled: boolean,
): Promise<MessagesSoakResult> {
  const ids = await writer.ids();
  const keys = [...ids.values()];
  const faults: string[] = [];
  const tell = (what: string, found: readonly unknown[]): void => {
    if (found.length > 0) faults.push(`${what}: ${found.length}, such as ${String(found[0])}`);
  };
  if (!isSettled) faults.push(`not settled: ${JSON.stringify(states)}`);
  const { tasks, steps } = await writer.asked();
  if (tasks.length !== results.acknowledged)
    faults.push(`${results.acknowledged} results acknowledged, ${tasks.length} calls`);
  tell(
    'wrongly asked',
    wrongEscalations(
      tasks.map(({ id }) => id),
      steps,
      gateway,
    ),
  );
  const latestStepSeconds = Math.round(latestStep(tasks, steps) / 1000);
  if (latestStepSeconds > STUCK_SECONDS) faults.push(`a step was asked ${latestStepSeconds} s late`);
  tell(
    'written and not there',
    [...writer.committed].filter((key) => !keys.includes(key)),
  );
  tell(
    'undone and there',
    keys.filter((key) => writer.undone.has(key)),
  );
  tell(
    'doubled',
    keys.filter((key, i) => keys.indexOf(key) !== i),
  );
  tell(
    'never received',
    [...ids.keys()].filter((id) => !gateway.sent.has(id)),
  );
  tell(
    'received and not written',
    [...gateway.sent].filter((id) => !ids.has(id)),
  );
  tell('asked for by two at once', [...gateway.overlapping]);
  const { delivered = 0 } = states;
  if (delivered !== ids.size) faults.push(`${delivered} of ${ids.size} known to be delivered`);
  const asked = [...gateway.asked.values()];
  return {
    ...{ kills, committed: writer.committed.size, undone: writer.undone.size, states, faults },
    asked: asked.reduce((sum, times) => sum + times, 0),
    sent: gateway.sent.size,
    askedAgain: asked.filter((times) => times > 1).length,
    results: results.acknowledged,
    steps: steps.length,
    latestStepSeconds,
  };
}
