import { type LevelHistory, type MovesPage } from '../../src/workbench/level.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { sendCheckup, type Values } from '../support/checkups.js';
import { person } from '../support/messages.js';

const DAY_MS = 24 * 60 * 60 * 1000;

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ env: { RULES_DIR: 'rules' } });
});
afterAll(() => app.close());

const send = (patient: fhir4.Patient, but: Values, days = 0): Promise<string> =>
  sendCheckup(app, patient, but, { days });

describe('how levels moved', () => {
  it('is told of a person, latest first, page by page, with what came and what went', async () => {
    const patient = person();
    const id = await send(patient, { 'systolic-bp': 150 }, 30);
    await send(patient, { 'systolic-bp': 165 }, 20);
    await send(patient, {}, 10);
    const all = await app.get<LevelHistory>(`/api/people/${id}/level/history`, { key: 'read' });
    expect(all.body).toMatchObject({
      items: [
        {
          from: { code: '2' },
          to: { code: '5' },
          direction: 'milder',
          gained: [],
          gone: [{ level: 2 }, { level: 2 }],
        },
        {
          from: { code: '3' },
          to: { code: '2' },
          direction: 'graver',
          gained: [
            { rule: 'consensus-ab/bp-systolic-grade-2' },
            { rule: 'stratification/sbp-grade-2-new', basis: [{ type: 'Observation' }] },
          ],
          gone: [{ rule: 'stratification/sbp-grade-1-new' }],
          isUnderOtherRules: false,
        },
      ],
      next: null,
    });
    const first = await app.get<LevelHistory>(`/api/people/${id}/level/history?limit=1`);
    expect(first.body).toMatchObject({ items: [{ version: 3 }], next: 3 });
    const second = await app.get<LevelHistory>(`/api/people/${id}/level/history?limit=1&before=3`);
    expect(second.body).toMatchObject({ items: [{ version: 2 }], next: null });
  });

  it('lists everybody whose level moved in a period, page by page, each once', async () => {
    const start = app.clock.now();
    try {
      app.clock.set(new Date(start.getTime() + 40 * DAY_MS));
      const moved: string[] = [];
      for (let i = 0; i < 3; i++) {
        const patient = person();
        moved.push(await send(patient, { 'systolic-bp': 150 }, 30));
        await send(patient, { 'systolic-bp': 165 }, 20);
      }
      await send(person(), { 'systolic-bp': 150 });
      const period = 'since=2026-04-11&until=2026-04-11';
      const seen: string[] = [];
      for (let next: string | null = ''; next !== null;) {
        const after: string = next === '' ? '' : `&after=${encodeURIComponent(next)}`;
        const page = await app.get<MovesPage>(`/api/level-moves?${period}&limit=2${after}`);
        expect(page.status).toBe(200);
        seen.push(...page.body.items.map(({ personId }) => personId));
        next = page.body.next;
      }
      expect(seen.sort()).toEqual(moved.sort());
      const count = async (more: string): Promise<number> =>
        (await app.get<MovesPage>(`/api/level-moves?${period}${more}`)).body.items.length;
      expect(await count('&from=3&to=2')).toBe(3);
      expect(await count('&direction=graver')).toBe(3);
      expect(await count('&direction=milder')).toBe(0);
      expect(
        (await app.get<MovesPage>('/api/level-moves?since=2026-04-12&until=2026-04-12')).body.items,
      ).toEqual([]);
      expect((await app.get('/api/level-moves?since=2026-04-12&until=2026-04-11')).status).toBe(400);
      expect((await app.get(`/api/level-moves?${period}&after=x`)).status).toBe(400);
      expect((await app.get('/api/level-moves')).status).toBe(400);
    } finally {
      app.clock.set(start);
    }
  });
});
