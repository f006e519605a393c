import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { cutOffFiles } from './cut-off.js';

const PATHS = ['important-results/blood-count.yaml', 'lexicon/malignancy.yaml', 'notification/policy.yaml'];
const FILES = PATHS.map((path) => ({ path, text: readFileSync(`rules/${path}`, 'utf8') }));

const withText = (path: string, text: string) => FILES.map((file) => (file.path === path ? { path, text } : file));

it('a file that is cut off anywhere but at the end of a line is refused at its end', () => {
  fc.assert(
    fc.property(fc.constantFrom(...FILES), fc.nat(), ({ path, text }, at) => {
      const left = text.slice(0, at % text.length);
      fc.pre(!left.endsWith('\n'));
      const [fault] = cutOffFiles(FILES, withText(path, left));
      const lines = left.split('\n');
      expect(fault?.path).toBe(`${path}:${lines.length}:${lines.at(-1)!.length + 1}`);
    }),
  );
});

it('a file that is another but whole is not', () => {
  const [{ path, text }] = FILES as [(typeof FILES)[0]];
  expect(cutOffFiles(FILES, withText(path, `${text}# 已核对\n`))).toEqual([]);
  expect(cutOffFiles(FILES, withText(path, text.slice(0, text.indexOf('  - id: rbc-low'))))).toEqual([]);
});

it('nor is one that never ended with a line break, nor a new one', () => {
  const before = [{ path: 'own/a.yaml', text: 'kind: critical' }];
  expect(cutOffFiles(before, [{ path: 'own/a.yaml', text: 'kind: vitals' }])).toEqual([]);
  expect(cutOffFiles([], before)).toEqual([]);
});
