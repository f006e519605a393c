import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const COMMAND = join(import.meta.dirname, 'rules.ts');

/** What a file imports as it loads (types are gone by then), as written. */
function importsOf(file: string): string[] {
  const statements = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export)\s(?!type\b)([^;]*?)\bfrom\s+'([^']+)'/gm,
  );
  return [...statements].flatMap(([, names = '', from = '']) => {
    const inBraces = /^\s*\{([^}]*)\}\s*$/.exec(names)?.[1]?.split(',') ?? null;
    const isTypesOnly = inBraces?.every((name) => /^\s*(type\s.*)?$/.test(name)) ?? false;
    return isTypesOnly ? [] : from;
  });
}

/** The packages that come with a file, through every file of ours that it imports. */
function packagesOf(entry: string, seen = new Set<string>()): string[] {
  if (seen.has(entry)) return [];
  seen.add(entry);
  return importsOf(entry).flatMap((from) =>
    from.startsWith('.') ? packagesOf(resolve(dirname(entry), from.replace(/\.js$/, '.ts')), seen) : from,
  );
}

describe('rules check, test and list', () => {
  const needed = [...readFileSync(COMMAND, 'utf8').matchAll(/import\('(\.[^']+)'\)/g)].map(([, from = '']) =>
    resolve(dirname(COMMAND), from.replace(/\.js$/, '.ts')),
  );

  it('load what reads rules, and neither framework nor database', () => {
    expect(needed.length).toBeGreaterThan(4);
    const packages = new Set([COMMAND, ...needed].flatMap((file) => packagesOf(file)));
    expect([...packages]).toEqual(expect.arrayContaining(['yaml', 'json-rules-engine']));
    expect([...packages].filter((name) => /^@nestjs|typeorm|sqlite|mysql/.test(name))).toEqual([]);
  });
});
