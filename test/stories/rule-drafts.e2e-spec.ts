import { DataSource } from 'typeorm';
import { AuditEventEntity } from '../../src/access/index.js';
import { DraftReplays } from '../../src/drafts/index.js';
import {
  type DraftChecked,
  type DraftDetail,
  type DraftDiff,
  type DraftStrengthShown,
} from '../../src/workbench/drafts.dto.js';
import { type DraftReplayShown } from '../../src/workbench/draft-replay.dto.js';
import { type TestApp } from '../support/app.js';
import { type BrowserSession, signedInAs } from '../support/browser-session.js';
import { BLOOD_COUNT, Drafting } from '../support/drafting.js';

interface Problem {
  errors: { code: string; path: string; message: string }[];
}

let drafting: Drafting;
let app: TestApp;
let author: BrowserSession;
let reviewer: BrowserSession;
beforeEach(async () => {
  drafting = await Drafting.begin();
  ({ app, author, reviewer } = drafting);
});
afterEach(() => drafting.end());

const problem = ({ body }: { body: unknown }) => (body as Problem).errors[0];

describe('a draft of the rules', () => {
  it('comes into force once a second doctor has approved it, and everything is written down', async () => {
    const before = await drafting.versionInForce();
    const answer = await drafting.approve(await drafting.reviewed());
    expect(answer.status).toBe(200);
    const { state, version, events } = answer.body;
    expect(state).toBe('in-force');
    expect(version).toBe(await drafting.versionInForce());
    expect(version).not.toBe(before);
    expect(drafting.folder.read(BLOOD_COUNT)).toBe(drafting.wanted.read(BLOOD_COUNT));
    expect(events.map(({ action, by }) => `${action} ${by}`)).toEqual([
      'made author',
      'saved author',
      'sent author',
      'diff-seen reviewer',
      'replay-seen reviewer',
      'approved reviewer',
      'in-force reviewer',
    ]);
    const rows = await app.nest.get(DataSource).manager.find(AuditEventEntity, { order: { id: 'ASC' } });
    expect(rows.flatMap(({ action }) => (action.startsWith('rule draft') ? action : []))).toEqual([
      'rule draft made',
      'rule draft saved',
      'rule draft sent',
      'rule draft approved',
    ]);
    const { body } = await app.get<{ changes: { cause: string }[] }>(`/api/rules/versions/${version}`);
    expect(body.changes.map(({ cause }) => cause)).toEqual(['draft']);
  });

  it('is checked while it is typed: file, line and what is wrong; what is in force stays', async () => {
    const before = await drafting.versionInForce();
    const { id } = await drafting.make();
    const text = drafting.folder.read(BLOOD_COUNT).replace('fact: wbc,', 'fact: wcb,');
    const line = text.slice(0, text.indexOf('fact: wcb,')).split('\n').length;
    const { body } = await author.post<DraftChecked>(`/api/rules/drafts/${id}/check`, {
      typing: { path: BLOOD_COUNT, text },
    });
    expect(body.faults[0]).toMatchObject({
      file: BLOOD_COUNT,
      line,
      en: expect.stringContaining('wcb') as string,
    });
    expect(body.version).toBeNull();
    const whole = await author.post<DraftChecked>(`/api/rules/drafts/${id}/check`, {
      typing: { path: BLOOD_COUNT, text: drafting.wanted.read(BLOOD_COUNT) },
    });
    expect(whole.body).toMatchObject({
      faults: [],
      rules: { added: [], changed: ['important-results/wbc-low'], removed: [] },
    });
    expect(await drafting.versionInForce()).toBe(before);
  });

  it('is measured: what could be mistyped in it without an example noticing, and an example that would', async () => {
    const { id } = await drafting.make();
    const measured = async (text: string) =>
      (
        await author.post<DraftStrengthShown>(`/api/rules/drafts/${id}/strength`, {
          typing: { path: BLOOD_COUNT, text },
        })
      ).body;
    const held = drafting.wanted.read(BLOOD_COUNT);
    const whole = await measured(held);
    expect(whole).toMatchObject({ hasFaults: false, unnoticed: 0, first: [], unmeasured: [] });
    expect([whole.tried > 20, whole.tried === whole.noticed]).toEqual([true, true]);
    // 5.0 is as normal as 3.6, and says nothing of where the limit lies.
    const loose = held.replace('{ wbc: 3.6 }', '{ wbc: 5.0 }');
    const { unnoticed, first } = await measured(loose);
    expect(unnoticed).toBe(first.length);
    expect(first[0]).toEqual({
      file: BLOOD_COUNT,
      line: loose.slice(0, loose.indexOf('value: 3.5')).split('\n').length,
      subject: 'important-results/wbc-low',
      title: { zh: '白细胞减少', en: expect.any(String) as string },
      what: { zh: '界值 3.5 → 3.6', en: 'limit 3.5 → 3.6' },
      example: '{ facts: { wbc: 3.6 }, expect: silent }',
    });
    expect(await measured(held.replace('fact: wbc,', 'fact: wcb,'))).toMatchObject({
      hasFaults: true,
      tried: 0,
    });
  });

  it('with a fault is saved, and not sent', async () => {
    const { body: draft } = await drafting.save(
      await drafting.make(),
      drafting.folder.read(BLOOD_COUNT).replace('fact: wbc,', 'fact: wcb,'),
    );
    const answer = await author.post(`/api/rules/drafts/${draft.id}/send`, { revision: draft.revision });
    expect(answer.status).toBe(422);
    expect(problem(answer)?.path).toMatch(new RegExp(`^${BLOOD_COUNT}:\\d+:\\d+$`));
  });

  it('tells how its files and rules differ, and whom it would judge otherwise', async () => {
    const { body: draft } = await drafting.save(await drafting.make(), drafting.wanted.read(BLOOD_COUNT));
    const { body: diff } = await reviewer.get<DraftDiff>(`/api/rules/drafts/${draft.id}/diff`);
    expect(diff.files).toEqual([
      {
        path: BLOOD_COUNT,
        before: drafting.folder.read(BLOOD_COUNT),
        after: drafting.wanted.read(BLOOD_COUNT),
      },
    ]);
    expect(diff.rules?.changed).toEqual(['important-results/wbc-low']);
    await sendCount(3.2);
    await sendCount(2.8);
    await sendCount(5);
    await author.post(`/api/rules/drafts/${draft.id}/replay`);
    await app.nest.get(DraftReplays).settled();
    const { body } = await reviewer.get<DraftReplayShown>(`/api/rules/drafts/${draft.id}/replay`);
    expect(body).toMatchObject({ state: 'done', total: 3, done: 3, isCurrent: true, gaining: 1, losing: 0 });
    expect(body.rules).toEqual([{ rule: 'important-results/wbc-low', gained: 1, lost: 0, otherwise: 0 }]);
    expect(body.people).toBeUndefined();
    const doctor = await app.get<DraftReplayShown>(`/api/rules/drafts/${draft.id}/replay`);
    expect(doctor.body.people).toHaveLength(1);
  });

  async function sendCount(value: number): Promise<void> {
    const answer = await app.post('/fhir', {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        {
          fullUrl: 'urn:uuid:11111111-1111-4111-8111-111111111111',
          resource: {
            resourceType: 'Patient',
            identifier: [{ system: 'urn:p', value: String(value) }],
            birthDate: '1980-01-01',
          },
          request: { method: 'POST', url: 'Patient' },
        },
        {
          resource: {
            resourceType: 'Observation',
            status: 'final',
            code: { coding: [{ system: 'http://loinc.org', code: '6690-2' }] },
            subject: { reference: 'urn:uuid:11111111-1111-4111-8111-111111111111' },
            effectiveDateTime: '2026-03-01T08:00:00+08:00',
            valueQuantity: { value, unit: '10*9/L', system: 'http://unitsofmeasure.org', code: '10*9/L' },
          },
          request: { method: 'POST', url: 'Observation' },
        },
      ],
    });
    expect(answer.status).toBe(200);
  }

  it('is not approved by whoever wrote it, unseen, with a wrong code, or at another revision', async () => {
    const both = await signedInAs(app, 'both', 'rule-author', 'rule-reviewer');
    app.clock.advance({ minutes: 1 });
    const draft = await drafting.reviewed();
    const stale = await drafting.approve({ ...draft, revision: draft.revision - 1 });
    expect([stale.status, problem(stale)?.code]).toEqual([409, 'conflict']);
    const unseen = await drafting.approve(draft, undefined, both);
    expect([unseen.status, problem(unseen)?.path]).toEqual([403, 'diff']);
    const wrong = await drafting.approve(draft, '000000');
    expect([wrong.status, problem(wrong)?.path]).toEqual([403, 'code']);
    const own = (
      await drafting.save(
        (await both.post<DraftDetail>('/api/rules/drafts', { title: 'own' })).body,
        drafting.wanted.read(BLOOD_COUNT),
        BLOOD_COUNT,
        both,
      )
    ).body;
    const sent = await both.post<DraftDetail>(`/api/rules/drafts/${own.id}/send`, { revision: own.revision });
    const self = await drafting.approve(sent.body, undefined, both);
    expect([self.status, problem(self)?.path]).toEqual([403, 'second-person']);
    expect((await author.post(`/api/rules/drafts/${draft.id}/approve`, {})).status).toBe(403);
    expect((await app.post(`/api/rules/drafts/${draft.id}/approve`, {}, { key: 'admin' })).status).toBe(403);
    expect(drafting.folder.read(BLOOD_COUNT)).not.toBe(drafting.wanted.read(BLOOD_COUNT));
  });

  it('lets nobody try many codes', async () => {
    const draft = await drafting.reviewed();
    for (let i = 0; i < 5; i++) expect((await drafting.approve(draft, '000000')).status).toBe(403);
    expect((await drafting.approve(draft)).status).toBe(429);
    app.clock.advance({ minutes: 16 });
    expect((await drafting.approve(draft)).status).toBe(200);
  });

  it('that was sent is not edited; given back with a word why, it is', async () => {
    const draft = await drafting.reviewed();
    expect((await drafting.save(draft, 'kind: x')).status).toBe(409);
    const { id, revision } = draft;
    const back = await reviewer.post<DraftDetail>(`/api/rules/drafts/${id}/return`, {
      revision,
      reason: 'cite the source',
    });
    expect(back.body.state).toBe('editing');
    expect(back.body.events.at(-1)).toMatchObject({
      action: 'returned',
      by: 'reviewer',
      reason: 'cite the source',
    });
    expect((await drafting.save(back.body, `${drafting.wanted.read(BLOOD_COUNT)}# once more\n`)).status).toBe(
      200,
    );
  });

  it('whose files somebody wrote meanwhile is not put in force before its author takes them up', async () => {
    const draft = await drafting.reviewed();
    drafting.folder.write(BLOOD_COUNT, `${drafting.folder.read(BLOOD_COUNT)}# on the disk\n`);
    const refused = await drafting.approve(draft);
    expect([refused.status, problem(refused)?.path]).toEqual([409, 'files']);
    const { id, revision } = draft;
    const { body } = await reviewer.post<DraftDetail>(`/api/rules/drafts/${id}/return`, {
      revision,
      reason: 'changed on disk',
    });
    expect(body.overtaken).toEqual([BLOOD_COUNT]);
    const taken = await author.post<DraftDetail>(`/api/rules/drafts/${id}/take-up`, { revision });
    expect(taken.body.overtaken).toEqual([]);
    expect((await drafting.approve(await drafting.lookedAt(taken.body))).body.state).toBe('in-force');
  });

  it('that two people save at once is saved by one', async () => {
    const draft = await drafting.make();
    const answers = await Promise.all([
      drafting.save(draft, 'a: 1\n', 'own/a.yaml'),
      drafting.save(draft, 'b: 1\n', 'own/b.yaml'),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('is approved by one of two who approve at once', async () => {
    const other = await signedInAs(app, 'other', 'rule-reviewer');
    app.clock.advance({ minutes: 1 });
    const draft = await drafting.reviewed();
    await drafting.seen(draft, other);
    const answers = await Promise.all([drafting.approve(draft), drafting.approve(draft, undefined, other)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('goes back to an earlier version by the same way', async () => {
    const [before, shipped] = [await drafting.versionInForce(), drafting.folder.read(BLOOD_COUNT)];
    await drafting.approve(await drafting.reviewed());
    app.clock.advance({ minutes: 1 });
    const back = await drafting.make({ rollsBackTo: before });
    expect(back.changes).toEqual([BLOOD_COUNT]);
    const { body } = await drafting.approve(await drafting.lookedAt(back));
    expect([body.version, drafting.folder.read(BLOOD_COUNT)]).toEqual([before, shipped]);
  });

  it('leaves no file of its own outside the folder, whatever it is called', async () => {
    const draft = await drafting.make();
    for (const path of ['../x.yaml', '/x.yaml', 'overlay/x.yaml', 'vocabulary/x.yaml', '.x.yaml']) {
      expect([path, (await drafting.save(draft, 'a: 1\n', path)).status]).toEqual([path, 400]);
    }
  });
});
