#!/usr/bin/env node
import 'reflect-metadata';
import { Command, InvalidArgumentError } from 'commander';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { useDatabase, variableFolder } from '../config/config.js';
import { type DemoOptions } from './demo-run.js';

const DATABASE = /^demo-(\d+)\.sqlite/;
const DEFAULT_PEOPLE = 200;

/** Removes what earlier demonstrations left behind; one that still runs keeps its own. */
function freshDatabase(folder: string): string {
  for (const name of readdirSync(folder)) {
    const pid = Number(DATABASE.exec(name)?.[1]);
    if (pid && !isRunning(pid)) rmSync(join(folder, name), { force: true });
  }
  return join(folder, `demo-${process.pid}.sqlite`);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function wholeNumber(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1 || n > 100_000) throw new InvalidArgumentError('1 to 100000');
  return n;
}

await new Command('demo')
  .description('演示 Firstcall on an embedded database: takes results in, shows the queue, keeps serving')
  .argument('[path...]', '读入这些 FHIR 文件 take these files in instead of the shipped sample')
  .option('--exit', '显示后退出 stop after printing')
  .option('--people <n>', '样本人数 people in the sample', wholeNumber, DEFAULT_PEOPLE)
  .option('--seed <text>', '样本种子 seed of the sample', 'demo')
  .action(async (paths: string[], options: DemoOptions) => {
    const folder = variableFolder('demo');
    const database = freshDatabase(folder);
    // Before the service is loaded: its tables are described for the database it will use.
    useDatabase(`sqlite:${database}`);
    const { runDemo } = await import('./demo-run.js');
    await runDemo(paths, { ...options, folder, database });
  })
  .parseAsync()
  .catch(async (error: unknown) => {
    const { explain } = await import('../server/start-failure.js');
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  });
