import { type INestApplicationContext } from '@nestjs/common';
import { type Command } from 'commander';
import { AccessService } from '../../access/index.js';
import { FhirWriteService } from '../../fhir/fhir-write.service.js';
import { Clock, newId } from '../../kernel/index.js';
import { Reader } from '../../database/index.js';
import { CommandError, withService } from '../application.js';
import { IngestJournal } from '../ingest-files-journal.js';
import { listIngestFiles } from '../ingest-files-list.js';
import { IngestOutcomeReader } from '../../intake/index.js';
import { IngestRun } from '../ingest-run.js';
import { type IngestSummary, summarise, summaryTable } from '../ingest-summary.js';
import { faultText, IngestTally } from '../ingest-tally.js';
import { createProgress } from '../progress.js';
import { WorkModule } from '../work.module.js';

const FILE_FEED = 'ingest';
/** What a shell calls the end by Ctrl-C. */
const INTERRUPTED = 130;

export interface IngestOptions {
  history?: boolean;
  json?: boolean;
  resume?: string;
  feed?: string;
}

/** `firstcall ingest` */
export function addIngest(program: Command): void {
  program
    .command('ingest')
    .description('读入 FHIR 文件 take in FHIR R4 files: JSON, NDJSON, .gz, folders')
    .argument('<path...>', '文件或文件夹 files or folders')
    .option('--history', '作为历史载入,不通知任何人 as history: judged, rings nobody')
    .option('--json', '最后一行输出 JSON 汇总 the summary as one line of JSON')
    .option('--resume <file>', '进度文件,中断后可续 a journal: what it names is not read again')
    .option('--feed <name>', '以该来源的名义 as this feed (name or id of a key of scope feed)')
    .action(async (paths: string[], options: IngestOptions) => {
      const interrupted = new AbortController();
      process.once('SIGINT', () => interrupted.abort());
      const summary = await withService(WorkModule, (service) =>
        ingest(service, paths, options, interrupted.signal),
      );
      process.stdout.write(`${options.json ? JSON.stringify(summary) : summaryTable(summary)}\n`);
      if (summary.isInterrupted) {
        const how = options.resume
          ? '用同一命令继续 the same command goes on'
          : '再次读入不会重复 reading it again doubles nothing';
        process.stderr.write(`已中断 interrupted: ${how}\n`);
        process.exitCode = INTERRUPTED;
      } else if (summary.refused > 0) process.exitCode = 1;
    });
}

/** Takes files in and says what came of them. Refusals are told on stderr as they happen. */
export async function ingest(
  service: INestApplicationContext,
  paths: readonly string[],
  options: IngestOptions,
  signal?: AbortSignal,
): Promise<IngestSummary> {
  const clock = service.get(Clock);
  const start = clock.now().getTime();
  const feed = await feedOf(service, options);
  const listing = await listIngestFiles(paths);
  const tally = new IngestTally();
  const progress = createProgress({
    total: listing.totalBytes,
    kind: 'bytes',
    clock,
    quiet: options.json ?? false,
  });
  const complain = (line: string): void => void process.stderr.write(`${line}\n`);
  for (const { file, fault } of listing.faults) {
    tally.refuse({ file, faults: [fault] });
    complain(`${file}: ${faultText(fault)}`);
  }
  const firstId = newId();
  try {
    await new IngestRun(service.get(FhirWriteService), {
      feed,
      tally,
      journal: options.resume ? IngestJournal.open(options.resume) : null,
      advance: (bytes) => progress.advance(bytes),
      complain,
      signal,
    }).take(listing.files);
  } finally {
    progress.stop();
  }
  const outcome = await new IngestOutcomeReader(service.get(Reader)).since(firstId);
  const seconds = (clock.now().getTime() - start) / 1000;
  return summarise(tally, outcome, {
    files: listing.files.length,
    isHistory: feed.isHistory,
    isInterrupted: signal?.aborted ?? false,
    seconds,
  });
}

/** Files come from a feed of their own, or in the name of one that sends over HTTP too. */
async function feedOf(
  service: INestApplicationContext,
  { feed: name, history }: IngestOptions,
): Promise<{ id: string; isHistory: boolean }> {
  const access = service.get(AccessService);
  if (!name) return { ...(await access.ensureFeed(FILE_FEED, FILE_FEED)), isHistory: history ?? false };
  const feeds = (await access.list()).filter(
    (key) => key.scope === 'feed' && !key.revokedAt && (key.id === name || key.name === name),
  );
  const [feed, another] = feeds;
  if (!feed) throw new CommandError(`没有此来源 no feed in force is called ${name}`);
  if (another) throw new CommandError(`来源重名 several feeds are called ${name}: use the id (keys list)`);
  return { id: feed.id, isHistory: history ?? feed.isHistory };
}
