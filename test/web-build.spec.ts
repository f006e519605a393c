import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { PAGES } from '../src/server/web-pages.js';
import { describeWithPages, PAGES_DIR } from './support/built-pages.js';

interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
  dynamicImports?: string[];
}

const FIRST_SCRIPT_KB = 120;
const QUEUE_KB = 300;

describeWithPages('the built pages', () => {
  const read = (path: string) => readFileSync(join(PAGES_DIR, path));
  const manifest = () => JSON.parse(read('.vite/manifest.json').toString()) as Record<string, Chunk>;

  /** A script with what it imports before it can run, in KB as sent packed by gzip. */
  const weight = (chunks: Record<string, Chunk>, keys: readonly string[]): number => {
    const files = new Set<string>();
    const add = (key: string): void => {
      const { file, imports = [] } = chunks[key]!;
      if (files.has(file)) return;
      files.add(file);
      imports.forEach(add);
    };
    keys.forEach(add);
    return [...files].reduce((sum, file) => sum + gzipSync(read(file)).length, 0) / 1000;
  };

  it(`begin with at most ${FIRST_SCRIPT_KB} KB of script; the queue with its sheet takes at most ${QUEUE_KB}`, () => {
    const chunks = manifest();
    const entry = Object.keys(chunks).find((key) => chunks[key]!.isEntry)!;
    const sheet = Object.keys(chunks).find((key) => key.endsWith('queue/Sheet.tsx'))!;
    expect(weight(chunks, [entry])).toBeLessThanOrEqual(FIRST_SCRIPT_KB);
    expect(weight(chunks, [entry, sheet])).toBeLessThanOrEqual(QUEUE_KB);
  });

  it('name no other host that they would ask', () => {
    for (const name of [
      'index.html',
      ...readdirSync(join(PAGES_DIR, 'assets')).map((one) => `assets/${one}`),
    ]) {
      if (!/\.(?:html|css)$/.test(name)) continue;
      expect([
        name,
        read(name)
          .toString()
          .match(/(?:https?:)?\/\/[\w.-]+\.\w+/g) ?? [],
      ]).toEqual([name, []]);
    }
  });

  it('hold no code or style in the page itself', () => {
    const page = read('index.html').toString();
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=/);
    expect(
      page
        .match(/<(?:script|link rel="stylesheet")[^>]*>/g)!
        .every((tag) => tag.includes('nonce="__NONCE__"')),
    ).toBe(true);
  });
});

it('every page of the workbench opens by its address, and not only from another page', () => {
  const app = readFileSync(join(import.meta.dirname, '../web/src/App.tsx'), 'utf8');
  const addresses = [...app.matchAll(/<Route path="([^"]+)"/g)].flatMap(([, path]) =>
    // The last part may be left out.
    path!.endsWith('?') ? [path!.slice(0, -1), path!.replace(/\/[^/]+$/, '')] : [path!],
  );
  const isServed = (address: string) => PAGES.some((page) => fits(page.split('/'), address.split('/')));
  expect(addresses.length).toBeGreaterThan(20);
  expect(addresses.filter((address) => !isServed(address))).toEqual([]);
});

function fits(page: readonly string[], address: readonly string[]): boolean {
  return (
    page.length === address.length && page.every((part, i) => part.startsWith(':') || part === address[i])
  );
}

it('the trail names every act of people in Chinese', () => {
  const folder = join(import.meta.dirname, '../src/workbench');
  const sources = readdirSync(folder).filter((name) =>
    /\.(?:controller|service)\.ts$|task-answers/.test(name),
  );
  const acts = sources.flatMap((name) =>
    [
      ...readFileSync(join(folder, name), 'utf8').matchAll(/(?:action: |doer\(caller, )'([^']+)'(?! \|)/g),
    ].map(([, action]) => action!),
  );
  const words = readFileSync(join(import.meta.dirname, '../web/src/audit/words.ts'), 'utf8');
  const isNamed = (act: string) => words.includes(`'${act}': '`) || words.includes(` ${act}: '`);
  expect(acts.length).toBeGreaterThan(40);
  expect(acts.filter((act) => !isNamed(act))).toEqual([]);
});
