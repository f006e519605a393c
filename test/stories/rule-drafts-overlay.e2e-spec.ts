import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DraftChecked, type DraftDetail } from '../../src/workbench/drafts.dto.js';
import { Drafting } from '../support/drafting.js';

const OWN = 'overlay/important-results/wbc-low.yaml';

const CHANGES = `kind: overlay
source: test
owner: test
review-by: 2027-01-31
changes:
  - { rule: important-results/stool-occult-blood, reason: test, off: true }
`;

let drafting: Drafting;
let overlay: string;
beforeEach(async () => {
  overlay = mkdtempSync(join(tmpdir(), 'firstcall-overlay-'));
  writeFileSync(join(overlay, 'changes.yaml'), CHANGES);
  drafting = await Drafting.begin({ RULES_OVERLAY_DIR: overlay });
});
afterEach(async () => {
  await drafting.end();
  rmSync(overlay, { recursive: true });
});

describe('a draft where the centre has an overlay', () => {
  it('edits a shipped rule in a file of the centre, and leaves the shipped one as it is', async () => {
    const shipped = drafting.folder.read('important-results/blood-count.yaml');
    const draft = await drafting.make({ rule: 'important-results/wbc-low' });
    expect(draft.changes).toEqual([OWN]);
    const { body: file } = await drafting.author.get<{ text: string }>(
      `/api/rules/drafts/${draft.id}/file?path=${encodeURIComponent(OWN)}`,
    );
    expect(file.text).toMatch(/^overlay: replaces$/m);
    const text = file.text.replace('value: 3.0', 'value: 3.2').replace(/examples:[^]*$/, EXAMPLES);
    const { body: saved } = await drafting.save(draft, text, OWN);
    const { body } = await drafting.author.post<DraftChecked>(`/api/rules/drafts/${draft.id}/check`);
    expect(body).toMatchObject({ faults: [], rules: { changed: ['important-results/wbc-low'] } });
    const { body: approved } = await drafting.approve(await drafting.lookedAt(saved));
    expect(approved.state).toBe('in-force');
    expect(readFileSync(join(overlay, 'important-results/wbc-low.yaml'), 'utf8')).toBe(text);
    expect(drafting.folder.read('important-results/blood-count.yaml')).toBe(shipped);
  });

  it('does not write into the shipped files, which an upgrade replaces', async () => {
    const draft = await drafting.make();
    const { status } = await drafting.save(draft, 'kind: x\n', 'important-results/blood-count.yaml');
    expect(status).toBe(400);
    const listed = (await drafting.author.get<DraftDetail>(`/api/rules/drafts/${draft.id}`)).body.files;
    expect(listed.map(({ path }) => path)).toEqual(['overlay/changes.yaml']);
  });
});

const EXAMPLES = `examples:
      - { facts: { wbc: 3.2 }, expect: fires }
      - { facts: { wbc: 3.3 }, expect: silent }
`;
