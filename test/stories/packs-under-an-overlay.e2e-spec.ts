import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReconcileModule } from '../../src/reconcile/index.js';
import { RejudgeWatch } from '../../src/rejudge/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { bundleOf, minutesAfter, mrnOf, observation, person, quantity } from '../support/messages.js';
import { type OwnRules } from '../support/own-rules.js';
import { openTasks, reconcile, type Seen, seen, tell } from '../support/queue.js';
import { below, testRules } from '../support/test-rules.js';

/** Three packs that speak of white cells, each with its own limit and class; the limits are made for this test. */
const PACKS = {
  grave: [{ id: 'wbc', when: [below('wbc', 2, '10*9/L')], class: 'A' as const }],
  middle: [{ id: 'wbc', when: [below('wbc', 2.5, '10*9/L')], class: 'B' as const }],
  mild: [
    { id: 'wbc', when: [below('wbc', 3, '10*9/L')], class: 'C' as const },
    { id: 'hb', when: [below('hb', 90, 'g/L')], class: 'B' as const },
  ],
};
const HEAD = `kind: overlay
title: { zh: 本院调整, en: Changes of this centre }
source: made for a test, no clinical limits
owner: nobody
review-by: 2999-12-31
changes:
  - { rule: mild/hb, reason: 只为有一条改动, change: { advice: { zh: 请复查, en: repeat it } } }
`;
const OFF = (rule: string): string => `  - { rule: ${rule}, reason: 本院不用, off: true }\n`;
const CLASS = (rule: string, to: string): string =>
  `  - { rule: ${rule}, reason: 本院从严, change: { class: ${to} } }\n`;
const LIMIT = (rule: string, limit: number): string => `  - rule: ${rule}
    reason: 本院仪器偏低
    change:
      limits: [{ fact: wbc, value: ${limit}, unit: 10*9/L }]
      examples: [{ facts: { wbc: ${limit} }, expect: silent }, { facts: { wbc: ${limit - 0.1} }, expect: fires }]
`;

let rules: OwnRules;
let overlay: string;
let app: TestApp;
beforeAll(async () => {
  rules = testRules(PACKS);
  overlay = mkdtempSync(join(tmpdir(), 'firstcall-overlay-'));
  writeFileSync(join(overlay, 'changes.yaml'), HEAD);
  const env = { RULES_DIR: rules.folder, RULES_OVERLAY_DIR: overlay };
  app = await startApp({ env, modules: [ReconcileModule] });
});
afterAll(async () => {
  await app.close();
  rules.remove();
  rmSync(overlay, { recursive: true, force: true });
});
beforeEach(() => inForce(''));
afterEach(async () => {
  expect(await reconcile(app)).toEqual([]);
});

/** The overlay with these changes comes into force, and everybody who is stored is judged again. */
async function inForce(changes: string): Promise<void> {
  writeFileSync(join(overlay, 'changes.yaml'), HEAD + changes);
  const { status, text } = await app.post('/api/rules/reload', undefined, { key: 'admin' });
  if (status !== 200) throw new Error(text);
  await app.nest.get(RejudgeWatch, { strict: false }).look();
}

async function measured(
  wbc: number,
): Promise<{ patient: fhir4.Patient; sent: fhir4.Observation; see: () => Promise<Seen> }> {
  const patient = person();
  const sent = observation({ wbc });
  await app.post('/fhir', bundleOf(patient, [sent]));
  return { patient, sent, see: () => seen(app, mrnOf(patient)) };
}

/** What the queue says: rules that stand, class, due time, findings in the call. */
const call = ({ findings, notify: [task] }: Seen): unknown[] => [
  findings.join(' '),
  task?.priority,
  task?.reasonReference?.display,
  task?.restriction?.period?.end,
  task?.input?.length,
];
const WITHIN_TWO_HOURS = '2026-03-02T04:00:00.000Z';

describe('three packs speak of one result, and the centre has its own mind', () => {
  it('the gravest that stands decides; switched off, changed in limit or class, it decides no more, for the stored and for the new', async () => {
    const stored = await measured(1.5);
    const all = call(await stored.see());
    expect(all).toEqual(['grave/wbc middle/wbc mild/wbc', 'stat', '规则 wbc', WITHIN_TWO_HOURS, 3]);
    const { id } = (await stored.see()).notify[0]!;

    const follow = async (changes: string): Promise<Seen> => {
      await inForce(changes);
      const [before, after] = [await stored.see(), await (await measured(1.5)).see()];
      expect(call(before)).toEqual(call(after));
      expect(before.notify.map((task) => task.id)).toEqual([id]);
      return before;
    };
    const off = await follow(OFF('grave/wbc'));
    expect(call(off)).toEqual(['middle/wbc mild/wbc', 'urgent', '规则 wbc', expect.any(String), 2]);
    expect(off.retracted).toEqual(['grave/wbc']);
    expect(call(off)[3]).not.toBe(WITHIN_TWO_HOURS);

    // Back again, it stands again: the same call, as grave as it was.
    expect(call(await follow(''))).toEqual(all);
    const limit = await follow(LIMIT('grave/wbc', 1.5));
    expect(call(limit).slice(0, 2)).toEqual(['middle/wbc mild/wbc', 'urgent']);
    const classes = await follow(OFF('grave/wbc') + CLASS('mild/wbc', 'A'));
    expect(call(classes)).toEqual(['middle/wbc mild/wbc', 'stat', '规则 wbc', WITHIN_TWO_HOURS, 2]);
    await inForce(OFF('grave/wbc') + OFF('middle/wbc') + OFF('mild/wbc'));
    expect([(await stored.see()).findings, openTasks(await stored.see())]).toEqual([[], '']);
    expect(openTasks(await (await measured(1.5)).see())).toBe('');
  });

  it('a corrected result takes back what every pack said, whatever the overlay made of it meanwhile', async () => {
    const { patient, sent, see } = await measured(1.5);
    await inForce(CLASS('mild/wbc', 'A') + OFF('middle/wbc'));
    const corrected = { ...sent, status: 'corrected' as const, issued: minutesAfter(5) };
    await app.post('/fhir', bundleOf(patient, [{ ...corrected, valueQuantity: quantity(5, '10*9/L') }]));
    const after = await see();
    expect(after.findings).toEqual([]);
    expect(after.retracted).toEqual(['grave/wbc', 'middle/wbc', 'mild/wbc']);
    expect(openTasks(after)).toBe('');
    await inForce('');
    expect(call(await see())).toEqual(call(after));
  });

  it('who was told of all of them is corrected for the one that is switched off, and not rung again when it is back', async () => {
    const { see } = await measured(1.5);
    await tell(app, (await see()).notify[0]!);
    await inForce(OFF('grave/wbc'));
    const off = await see();
    expect([off.findings, openTasks(off)]).toEqual([['middle/wbc', 'mild/wbc'], 'correction']);
    await inForce('');
    const back = await see();
    expect([back.findings, openTasks(back)]).toEqual([['grave/wbc', 'middle/wbc', 'mild/wbc'], '']);
  });

  it('a rule that an overlay makes graver rings nobody who was told', async () => {
    const { see } = await measured(2.2);
    await tell(app, (await see()).notify[0]!);
    await inForce(CLASS('mild/wbc', 'A'));
    expect(openTasks(await see())).toBe('');
    // What a wider limit finds of somebody told is a finding that they never heard of.
    await inForce(LIMIT('grave/wbc', 2.3));
    expect(openTasks(await see())).toBe('notify');
    expect((await see()).notify[0]!.input).toHaveLength(1);
  });
});
