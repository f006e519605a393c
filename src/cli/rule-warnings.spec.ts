import { type FileNotice } from '../kernel/index.js';
import { warningsInWords } from './rule-warnings.js';

const warning = (kind: string, file: string, line: number): FileNotice => ({
  kind,
  file,
  line,
  column: 5,
  found: null,
  expected: null,
  nearest: null,
  zh: '甲。',
  en: 'A.',
  message: '甲。 A.',
  path: `${file}:${line}:5`,
});

it('says nothing where there is nothing to say', () => {
  expect(warningsInWords([])).toBe('');
});

it('says each warning with its place, and of many alike in one file the first three', () => {
  const pending = [1, 2, 3, 4, 5].map((line) => warning('review-pending', 'a.yaml', line));
  expect(
    warningsInWords([
      warning('review-overdue', 'a.yaml', 9),
      ...pending,
      warning('review-pending', 'b.yaml', 1),
    ]),
  ).toBe(
    [
      '7 条提醒 warnings:',
      'a.yaml:9:5: 甲。 A.',
      'a.yaml:1:5: 甲。 A.',
      'a.yaml:2:5: 甲。 A.',
      'a.yaml:3:5: 甲。 A.',
      'a.yaml: 另有 2 处 and 2 more like this',
      'b.yaml:1:5: 甲。 A.',
      '',
    ].join('\n'),
  );
});
