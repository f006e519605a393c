import { runProgram } from '../../src/cli/program.js';
import { firstPack } from './own-rules.js';

/** How a command ended, and what it said. */
export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** Runs one command as its own process would, on the same database and, where the test names no rules, on the first pack. */
export async function firstcall(...words: string[]): Promise<Ran> {
  const ran: Ran = { code: 0, out: '', err: '' };
  const [out, err] = [process.stdout.write.bind(process.stdout), process.stderr.write.bind(process.stderr)];
  process.stdout.write = (text: string) => Boolean((ran.out += text));
  process.stderr.write = (text: string) => Boolean((ran.err += text));
  const rules = process.env.RULES_DIR;
  process.env.RULES_DIR = rules ?? firstPack();
  try {
    process.exitCode = 0;
    await runProgram(words);
    ran.code = Number(process.exitCode);
  } finally {
    if (rules === undefined) delete process.env.RULES_DIR;
    process.exitCode = 0;
    process.stdout.write = out;
    process.stderr.write = err;
  }
  return ran;
}

/** The last line of standard output as JSON. */
export function lastLine<T>({ out, err }: Ran): T {
  const line = out.trim().split('\n').at(-1) ?? '';
  if (line === '') throw new Error(`nothing was printed; ${err}`);
  return JSON.parse(line) as T;
}
