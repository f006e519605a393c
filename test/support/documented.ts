import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** The text of a document or example, by its path from the project's root. */
export function documentText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/**
 * The block of code that a document marks with `<!-- test: NAME -->`: what stands there for people to copy is what tests run.
 * @throws Error when there is no such block
 */
export function documentedBlock(path: string, name: string): string {
  const [, block] = documentText(path).split(`<!-- test: ${name} -->`);
  const code = block === undefined ? null : /^\s*```\w*\n([\s\S]*?)```/.exec(block);
  if (!code) throw new Error(`${path} has no block marked "test: ${name}"`);
  return code[1]!;
}

/** An example of docs/examples as it would be sent at this instant. */
export function example(name: string, now: Date): unknown {
  const instant = `${now.toISOString().slice(0, 19)}Z`;
  return JSON.parse(documentText(`docs/examples/${name}`).replaceAll('{{now}}', instant));
}
