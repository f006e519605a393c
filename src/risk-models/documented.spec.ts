import { readFileSync } from 'node:fs';
import { RISK_MODELS } from './index.js';

it('docs/rules/risk-models.md names every model, and no other', () => {
  const page = readFileSync('docs/rules/risk-models.md', 'utf8');
  const table = /<!-- models -->([\s\S]*)<!-- \/models -->/.exec(page)![1]!;
  const named = [...table.matchAll(/^\| ((?:`[\w-]+` )+)/gm)].flatMap((row) => row[1]!.match(/[\w-]+/g)!);
  expect(named).toEqual(RISK_MODELS.map(({ id }) => id));
});
