import { runProgram } from '../../src/cli/program.js';

/** How a command ended, and what it said. */
export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** Runs one command as its own process would, on the same database. */
export async function firstcall(...words: string[]): Promise<Ran> {
  const ran: Ran = { code: 0, out: '', err: '' };
  const [out, err] = [process.stdout.write.bind(process.stdout), process.stderr.write.bind(process.stderr)];
  process.stdout.write = (text: string) => Boolean((ran.out += text));
  process.stderr.write = (text: string) => Boolean((ran.err += text));
  try {
    process.exitCode = 0;
    await runProgram(words);
    ran.code = Number(process.exitCode);
  } finally {
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
