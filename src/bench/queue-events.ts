import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection } from 'mysql2/promise';
import { type ServiceProcess } from '../rig/index.js';
import { Bodies, type Body } from './bodies.js';

/** How long the peak is looked for, and how long events are timed at half of it. */
const PEAK_PEOPLE = 300;
const CLIENTS = 8;
const SECONDS = 15;
/** Whoever has no stream asks so often. */
const ASK_EVERY_MS = 100;
/** What is under way when the last was sent is waited for. */
const LAST_MS = 2000;

/** Times in milliseconds, from the request that brings a result that rings. */
export interface EventTimes {
  /** People a second, half of what the service took. */
  rate: number;
  /** Until the event of its task is there. */
  events: number[];
  /** Until a plain query, asked ten times a second by whoever has no stream, shows the task. */
  plain: number[];
  /** Calls whose event never came. */
  missed: number;
}

/**
 * Sends people at half the rate that the service takes, as the main bench makes them, and times the event of each new call;
 * a plain query of the same table is asked beside it.
 */
export async function timeEvents(
  service: ServiceProcess,
  keys: { feed: string; reader: string },
  database: Connection,
): Promise<EventTimes> {
  const bodies = new Bodies('queue-events', new Date());
  const address = `http://127.0.0.1:${service.port}`;
  const sent = new Map<string, number>();
  const post = async ({ bytes }: Body): Promise<void> => {
    const start = performance.now();
    const headers = { authorization: `Bearer ${keys.feed}`, 'content-type': 'application/fhir+json' };
    const answer = await fetch(`${address}/fhir`, { method: 'POST', headers, body: new Uint8Array(bytes) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`POST /fhir answered ${answer.status}: ${text.slice(0, 300)}`);
    const person = /Patient\/([\w-]+)/.exec(text)?.[1];
    if (person !== undefined) sent.set(person, start);
  };
  const peak = await peakOf(bodies, post);
  sent.clear();
  const heard = new Map<string, number>();
  const listening = new AbortController();
  const stream = await listen(`${address}/api/queue/stream`, keys.reader, listening.signal, heard);
  const began = new Date();
  const shown = new Map<string, { person: string; at: number }>();
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      const found = await newCalls(database, began);
      const at = performance.now();
      for (const { id, person } of found) if (!shown.has(id)) shown.set(id, { person, at });
      await sleep(ASK_EVERY_MS);
    }
  })();
  const rate = peak / 2;
  const posts: Promise<void>[] = [];
  const start = performance.now();
  for (let i = 0; i < rate * SECONDS; i++) {
    const wait = start + (i * 1000) / rate - performance.now();
    if (wait > 1) await sleep(wait);
    posts.push(post(bodies.next()));
  }
  await Promise.all(posts);
  await sleep(LAST_MS);
  isOver = true;
  await asking;
  listening.abort();
  await stream.ended;
  const times: EventTimes = { rate, events: [], plain: [], missed: 0 };
  for (const [id, { person, at }] of shown) {
    const from = sent.get(person);
    if (from === undefined) continue;
    times.plain.push(at - from);
    const event = heard.get(id);
    if (event === undefined) times.missed++;
    else times.events.push(event - from);
  }
  return times;
}

/** People a second through some clients, each sending its next as soon as its last was answered. */
async function peakOf(bodies: Bodies, post: (body: Body) => Promise<void>): Promise<number> {
  let left = PEAK_PEOPLE;
  const client = async (): Promise<void> => {
    while (left-- > 0) await post(bodies.next());
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return (PEAK_PEOPLE * 1000) / (performance.now() - start);
}

async function newCalls(database: Connection, since: Date): Promise<{ id: string; person: string }[]> {
  const [rows] = await database.query(
    'SELECT id, person_id AS person FROM task WHERE created_at >= ? ORDER BY created_at',
    [since],
  );
  return rows as { id: string; person: string }[];
}

/** Notes when the first event of each task comes, until it is told to stop. Answers once the stream is open. */
async function listen(
  url: string,
  key: string,
  signal: AbortSignal,
  heard: Map<string, number>,
): Promise<{ ended: Promise<void> }> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${key}` }, signal });
  if (!answer.ok || !answer.body) throw new Error(`the stream answered ${answer.status}`);
  const decoder = new TextDecoder();
  let text = '';
  const ended = (async () => {
    try {
      for await (const part of answer.body as AsyncIterable<Uint8Array>) {
        const at = performance.now();
        text += decoder.decode(part, { stream: true });
        const lines = text.split('\n');
        text = lines.pop() ?? '';
        for (const line of lines) {
          const id = /^data: \{"id":"([\w-]+)"/.exec(line)?.[1];
          if (id !== undefined && !heard.has(id)) heard.set(id, at);
        }
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  })();
  return { ended };
}
