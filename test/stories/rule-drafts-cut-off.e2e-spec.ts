import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { DraftPublisher } from '../../src/drafts/index.js';
import { RuleDraftEntity } from '../../src/drafts/draft.entity.js';
import { type DraftDetail } from '../../src/workbench/drafts.dto.js';
import { BLOOD_COUNT, Drafting } from '../support/drafting.js';

let drafting: Drafting;
beforeEach(async () => {
  drafting = await Drafting.begin();
});
afterEach(() => drafting.end());

/** As the service leaves it that stops after a doctor has approved it, before its files are written. */
async function cutOff(id: string, set: Partial<RuleDraftEntity> = {}): Promise<void> {
  const approved = { state: 'approved', publishing: 'writing', ...set } as const;
  await drafting.app.nest.get(DataSource).manager.update(RuleDraftEntity, { id }, approved);
}

async function startAgain(id: string): Promise<DraftDetail> {
  await drafting.app.nest.get(DraftPublisher).onApplicationBootstrap();
  return (await drafting.reviewer.get<DraftDetail>(`/api/rules/drafts/${id}`)).body;
}

describe('an approved draft', () => {
  it('that a stop cut off before its files were written is finished by the next start', async () => {
    const { id } = await drafting.reviewed();
    await cutOff(id);
    expect(await startAgain(id)).toMatchObject({
      state: 'in-force',
      version: await drafting.versionInForce(),
    });
    expect(drafting.folder.read(BLOOD_COUNT)).toBe(drafting.wanted.read(BLOOD_COUNT));
  });

  it('that a stop cut off after its files were written is finished too', async () => {
    const { id } = await drafting.reviewed();
    await cutOff(id);
    drafting.folder.write(BLOOD_COUNT, drafting.wanted.read(BLOOD_COUNT));
    expect(await startAgain(id)).toMatchObject({
      state: 'in-force',
      version: await drafting.versionInForce(),
    });
  });

  it('with a file that somebody wrote since is not finished over it', async () => {
    const { id } = await drafting.reviewed();
    const foreign = `${drafting.folder.read(BLOOD_COUNT)}# theirs\n`;
    writeFileSync(join(drafting.folder.path, BLOOD_COUNT), foreign);
    await cutOff(id);
    expect(await startAgain(id)).toMatchObject({ state: 'in-review' });
    expect(drafting.folder.read(BLOOD_COUNT)).toBe(foreign);
  });

  it('that cannot be written whole leaves everything as it was, and waits for its reviewer again', async () => {
    const { id } = await drafting.reviewed();
    // A file stands where the second one needs a folder: so it is for root too, whom no mode keeps out.
    const before = drafting.folder.read(BLOOD_COUNT);
    const changes = JSON.stringify([
      { path: BLOOD_COUNT, before, text: drafting.wanted.read(BLOOD_COUNT) },
      { path: `${BLOOD_COUNT}/under.yaml`, before: null, text: 'a: 1\n' },
    ]);
    await cutOff(id, { changes });
    const { state, events } = await startAgain(id);
    expect([state, events.at(-1)?.action, events.at(-1)?.reason]).toEqual([
      'in-review',
      'failed',
      expect.stringContaining('cannot write to the folder RULES_DIR'),
    ]);
    expect(drafting.folder.read(BLOOD_COUNT)).toBe(before);
  });
});
