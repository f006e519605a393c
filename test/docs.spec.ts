import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Every document that people read, as a path from the root. */
const DOCUMENTS = [
  'README.md',
  'CHANGELOG.md',
  'NOTICE.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** Targets of the links and pictures of a document that lead to files. */
function linksOf(path: string): string[] {
  const text = withoutCode(read(path));
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)|\bsrc="([^"]+)"/g)].map(
    (match) => match[1] ?? match[2]!,
  );
  return targets.filter((target) => !/^(?:https?:|mailto:|#)/.test(target));
}

function withoutCode(text: string): string {
  return text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');
}

/** Commands a reader would copy: what stands in blocks of code and between backticks. */
function commandsOf(path: string): string {
  return [...read(path).matchAll(/```[\s\S]*?```|`[^`\n]*`/g)].map(([code]) => code).join('\n');
}

/** The first cells of a table in a document. */
function firstCells(text: string): string[] {
  return [...text.matchAll(/^\| *`([^`|]+)`/gm)].map((match) => match[1]!);
}

function section(path: string, from: RegExp): string {
  const text = read(path);
  const start = text.search(from);
  if (start < 0) throw new Error(`${path} has no section ${String(from)}`);
  const rest = text.slice(start + 4);
  const end = rest.search(/^## /m);
  return end < 0 ? rest : rest.slice(0, end);
}

describe('the documents', () => {
  it.each(DOCUMENTS)('%s links only to files that exist', (path) => {
    const missing = linksOf(path)
      .map((target) => join(dirname(path), decodeURI(target.split('#')[0]!)))
      .filter((target) => !existsSync(join(ROOT, target)));
    expect(missing).toEqual([]);
  });

  it.each(DOCUMENTS)('%s names only scripts that package.json has', (path) => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...commandsOf(path).matchAll(/\bnpm (?:run (?:-s |--silent )?([\w:-]+)|(test|start)\b)/g)];
    const unknown = named.map((match) => match[1] ?? match[2]!).filter((script) => !(script in scripts));
    expect(unknown).toEqual([]);
  });

  it("name no path of anybody's machine", () => {
    const found = DOCUMENTS.filter((path) => /(?:^|[\s`"(])\/(?:work|home|root|Users)\//m.test(read(path)));
    expect(found).toEqual([]);
  });

  it('list every decision in the index of decisions', () => {
    const files = readdirSync(join(ROOT, 'docs/decisions')).filter((name) => /^\d{4}-/.test(name));
    expect(files.length).toBeGreaterThan(0);
    expect(linksOf('docs/decisions/README.md').sort()).toEqual(files.sort());
  });
});

describe('docs/architecture.md', () => {
  it('shows the path of a result in nine files', () => {
    const path = section('docs/architecture.md', /^## The path of one result/m);
    const steps = [...path.matchAll(/^(\d)\. \[[^\]]+\]\(\.\.\/(src\/[^)]+)\)/gm)];
    expect(steps.map((step) => step[1])).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect(steps.filter((step) => !existsSync(join(ROOT, step[2]!)))).toEqual([]);
  });

  it('names every room of src, and no other', () => {
    const table = /<!-- floors -->([\s\S]*)<!-- \/floors -->/.exec(read('docs/architecture.md'))![1]!;
    const cells = [...table.matchAll(/^\|[^|]*\|([^|]*)\|/gm)].map((match) => match[1]!).join(' ');
    const named = [...cells.matchAll(/`([\w-]+)`/g)].map((match) => match[1]!);
    const rooms = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
      .filter((item) => item.isDirectory() && readdirSync(join(ROOT, 'src', item.name)).length > 0)
      .map((item) => item.name);
    expect(named.sort()).toEqual(rooms.sort());
  });

  it('names every table that the migrations build, and no other', () => {
    const named = firstCells(section('docs/architecture.md', /^## Tables/m).replaceAll('`, `', '`\n| `'));
    const built = readdirSync(join(ROOT, 'migrations')).flatMap((name) =>
      [...read(join('migrations', name)).matchAll(/\btable\(\s*'(\w+)'/g)].map((match) => match[1]!),
    );
    expect(built.length).toBeGreaterThan(0);
    expect(named.sort()).toEqual(built.sort());
  });
});

describe('docs/operations.md', () => {
  it('lists every variable of the configuration, and no other', () => {
    const named = firstCells(section('docs/operations.md', /^## .*Configuration/m));
    const used = new Set(
      [
        ...`${read('src/config/config.ts')}${read('src/config/messaging-config.ts')}`.matchAll(
          /env\['(\w+)'\]/g,
        ),
      ].map((match) => match[1]!),
    );
    expect(named.sort()).toEqual([...used].sort());
  });

  it('starts the service as `npm start` does', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
    expect(read('docs/operations.md')).toContain(`ExecStart=/usr/bin/${scripts.start}\n`);
  });

  it('lists every metric of our own, and no other', () => {
    const named = firstCells(section('docs/operations.md', /^## .*Metrics/m));
    const made = sources('src/ops').flatMap((path) =>
      [...read(path).matchAll(/'(firstcall_\w+)'/g)].map((match) => match[1]!),
    );
    expect(made.length).toBeGreaterThan(0);
    expect(named.filter((name) => name.startsWith('firstcall_')).sort()).toEqual(made.sort());
  });
});

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => relative(ROOT, join(ROOT, folder, name)));
}
