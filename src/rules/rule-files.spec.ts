import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatherFiles } from './rule-files.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firstcall-rules-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('a folder without a notification policy of its own has the shipped one', async () => {
  cpSync('rules/important-results', join(folder, 'important-results'), { recursive: true });
  const files = await gatherFiles({ rulesDir: folder, shippedRulesDir: 'rules', overlayDir: null }, []);
  expect(files.map(({ path }) => path).filter((path) => !path.startsWith('important-results/'))).toEqual([
    'notification/policy.yaml',
  ]);
});
