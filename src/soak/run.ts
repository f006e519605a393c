import { type Difference } from '../reconcile/index.js';
import { type Cleanup, type ServiceProcess } from '../rig/index.js';
import { Random } from '../sample/index.js';
import { courseOf } from './domain/course.js';
import { Fate, type KillKind } from './fate.js';
import { Feed, lookAgain, readyDoors } from './feed.js';
import { Ledger, type SoakFault } from './ledger.js';
import { isTold, plantLosses } from './planted-loss.js';
import { type Stand, type StandSettings, startStand } from './stand.js';

export interface SoakSettings extends Omit<StandSettings, 'connections'> {
  kill: KillKind;
  kills: number;
  /** Feeds that send at the same time. */
  clients: number;
  seed: string;
  /** Whether losses are planted at the end, for `reconcile` to find. */
  plantsLosses: boolean;
  /** Told as it goes. */
  say?: (text: string) => void;
}

/** What a soak counted. All is well when `faults` is empty, nothing differs and every planted loss was found. */
export interface SoakResult {
  kills: Record<string, number>;
  people: number;
  results: number;
  /** Answers of 2xx. */
  acknowledged: number;
  resent: number;
  /** Times that a person was looked at, after a kill and at the end. */
  examined: number;
  lost: number;
  doubled: number;
  halfHandled: number;
  refused: number;
  ended: number;
  /** Differences that `reconcile` found before any loss was planted. */
  differences: number;
  planted: { what: string; isFound: boolean }[];
  /** The first of each kind, in words. */
  faults: string[];
}

const FAULTS_TOLD = 20;

/** Sends and kills, then looks at everybody, and lets the second witness look. @throws Error when the service stays away */
export async function soak(settings: SoakSettings, cleanup: Cleanup): Promise<SoakResult> {
  const say = settings.say ?? ((): void => undefined);
  say('starting');
  const stand = await startStand({ ...settings, connections: 2 * settings.clients }, cleanup);
  const ledger = new Ledger();
  say(`${settings.kills} kills under load`);
  await load(settings, stand, ledger);
  say(`looking at ${ledger.accounts.length} people`);
  await lookAtAll(stand, ledger, settings.clients);
  say('reconcile');
  const { service } = stand.doors[0]!;
  const before = await reconcile(service);
  const losses = settings.plantsLosses ? await plantLosses(stand.databaseUrl) : [];
  if (losses.length > 0) say('reconcile, with losses planted');
  const after = losses.length > 0 ? await reconcile(service) : [];
  const planted = losses.map((loss) => ({ what: loss.what, isFound: isTold(loss, after) }));
  return summary(ledger, before, planted);
}

/** Feeds bring client after client until everything was killed often enough. */
async function load(
  { kill, kills, clients, seed, say = () => undefined }: SoakSettings,
  stand: Stand,
  ledger: Ledger,
): Promise<void> {
  const now = new Date();
  let isOver = false;
  const feeds = Array.from({ length: clients }, async (_, i) => {
    const feed = new Feed(stand.doors, ledger, new Random(seed, 'feed', i));
    while (!isOver) await feed.bring(ledger.open(courseOf(seed, ledger.accounts.length, now)));
  });
  const fate = new Fate(stand, kill, ledger, new Random(seed, 'fate'), say);
  const struck = fate.strike(kills).finally(() => (isOver = true));
  await Promise.all([struck, ...feeds]);
}

async function lookAtAll(stand: Stand, ledger: Ledger, atOnce: number): Promise<void> {
  const doors = await readyDoors(stand.doors);
  const left = ledger.accounts.entries();
  const looking = Array.from({ length: atOnce }, async () => {
    for (const [ordinal, account] of left) {
      const faults = await lookAgain(doors[ordinal % doors.length]!, account, [], ledger);
      if (faults === null) throw new Error('the service went away though nobody killed it');
      faults.forEach((fault) => ledger.noteFault(fault));
    }
  });
  await Promise.all(looking);
}

/** The command's differences. @throws Error when it fails for another reason */
async function reconcile(service: ServiceProcess): Promise<Difference[]> {
  const { code, out, err } = await service.command('reconcile', '--json');
  const lines = out === '' ? [] : out.split('\n').map((line) => JSON.parse(line) as unknown);
  const counted = lines.pop() as { differences?: number } | undefined;
  const differences = lines as Difference[];
  if (counted?.differences !== differences.length || (code === 0) !== (differences.length === 0))
    throw new Error(`reconcile failed (${code}): ${err.slice(-2000)}`);
  return differences;
}

function summary(
  ledger: Ledger,
  differences: readonly Difference[],
  planted: SoakResult['planted'],
): SoakResult {
  const told = [
    ...ledger.faults.map(({ kind, detail }: SoakFault) => `${kind}: ${detail}`),
    ...differences.map((difference) => `reconcile: ${JSON.stringify(difference)}`),
    ...planted.flatMap(({ what, isFound }) => (isFound ? [] : `reconcile did not find that ${what}`)),
  ];
  return {
    kills: Object.fromEntries(ledger.kills),
    people: ledger.accounts.length,
    results: ledger.results,
    acknowledged: ledger.acknowledged,
    resent: ledger.resent,
    examined: ledger.examined,
    lost: ledger.count('lost'),
    doubled: ledger.count('doubled'),
    halfHandled: ledger.count('half-handled'),
    refused: ledger.count('refused'),
    ended: ledger.count('ended'),
    differences: differences.length,
    planted,
    faults: told.slice(0, FAULTS_TOLD),
  };
}
