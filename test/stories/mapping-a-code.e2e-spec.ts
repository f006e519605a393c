import { DataSource } from 'typeorm';
import { Rejudging, VocabularyWatch } from '../../src/intake/index.js';
import { newId } from '../../src/kernel/index.js';
import { TerminologyMappingEntity } from '../../src/terminology/mapping.entity.js';
import { TerminologyService } from '../../src/terminology/index.js';
import { startApp, type TestApp } from '../support/app.js';
import {
  about,
  bundleOf,
  daysBefore,
  mrnOf,
  person,
  quantity,
  result,
  resultsOnly,
  unique,
} from '../support/messages.js';
import { openTasks, reasonsOf, seen } from '../support/queue.js';

const REACH = { strict: false };

let app: TestApp;
beforeAll(async () => (app = await startApp()));
afterAll(() => app.close());

/** A result under a code that no other test uses. */
function local(
  code: string,
  value: number,
  unit: string,
  more: Partial<fhir4.Observation> = {},
): fhir4.Observation {
  const coding = [{ system: 'urn:lis', code }];
  return result({
    code: { coding, text: `本院项目 ${code}` },
    valueQuantity: quantity(value, unit),
    ...more,
  });
}

async function send(patient: fhir4.Patient, results: fhir4.FhirResource[]): Promise<string> {
  const { status, text } = await app.post('/fhir', bundleOf(patient, results));
  if (status !== 200) throw new Error(text);
  return mrnOf(patient);
}

const map = async (kind: 'code' | 'name' | 'unit', source: string, target: string) => {
  await app.nest.get(TerminologyService, REACH).add(kind, source, target);
  return app.nest.get(Rejudging, REACH).waiting();
};

describe('a centre maps what its laboratory calls a test', () => {
  it('and the results that waited for it are judged and ring', async () => {
    const code = unique('HB');
    const low = await send(person(), [local(code, 65, 'g/L')]);
    const normal = await send(person(), [local(code, 140, 'g/L')]);
    expect(await reasonsOf(app, low)).toEqual(['unknown-code']);
    const outcome = await map('code', `urn:lis|${code}`, 'hb');
    expect(outcome.understood).toBe(2);
    expect(openTasks(await seen(app, low))).toBe('notify');
    expect((await seen(app, low)).findings).toEqual(['hb-low']);
    expect(openTasks(await seen(app, normal))).toBe('');
    expect(await reasonsOf(app, low)).toEqual([]);
  });

  it('and old ones ring nobody', async () => {
    const code = unique('HB');
    const old = { effectiveDateTime: daysBefore(200), issued: daysBefore(200) };
    const mrn = await send(person(), [local(code, 65, 'g/L', old)]);
    await map('code', `urn:lis|${code}`, 'hb');
    expect((await seen(app, mrn)).findings).toEqual(['hb-low']);
    expect(openTasks(await seen(app, mrn))).toBe('');
  });

  it('twice, and nothing is judged twice', async () => {
    const code = unique('HB');
    const mrn = await send(person(), [local(code, 65, 'g/L')]);
    await map('code', `urn:lis|${code}`, 'hb');
    const before = await seen(app, mrn);
    await map('code', `urn:lis|${code}`, 'hb');
    expect(await seen(app, mrn)).toEqual(before);
  });

  it('and mends a wrong mapping: what was read by it is judged again', async () => {
    const code = unique('PLT');
    const mrn = await send(person(), [local(code, 65, 'g/L')]);
    const terminology = app.nest.get(TerminologyService, REACH);
    expect(await terminology.add('code', `urn:lis|${code}`, 'hb')).toEqual({ hasReplaced: false });
    await app.nest.get(Rejudging, REACH).waiting();
    expect((await seen(app, mrn)).findings).toEqual(['hb-low']);
    expect(await terminology.add('code', `urn:lis|${code}`, 'albumin')).toEqual({ hasReplaced: true });
    const { results } = await app.nest.get(Rejudging, REACH).all();
    expect(results).toBeGreaterThan(1);
    const after = await seen(app, mrn);
    expect(after).toMatchObject({ findings: [], retracted: ['hb-low'] });
    expect(openTasks(after)).toBe('');
  });

  it('by name', async () => {
    const text = unique('血色素甲法');
    const mrn = await send(person(), [result({ code: { text }, valueQuantity: quantity(65, 'g/L') })]);
    await map('name', text, 'hb');
    expect((await seen(app, mrn)).findings).toEqual(['hb-low']);
  });

  it('by unit: what could have fired leaves the doctor’s review and rings', async () => {
    const spelling = unique('克每升');
    const hb = { coding: [{ system: 'http://loinc.org', code: '718-7' }] };
    const mrn = await send(person(), [result({ code: hb, valueQuantity: { value: 65, unit: spelling } })]);
    expect(openTasks(await seen(app, mrn))).toBe('review');
    await map('unit', spelling, 'g/L');
    const after = await seen(app, mrn);
    expect(openTasks(after)).toBe('notify');
    expect(after.findings).toEqual(['hb-low']);
  });

  it('and a result whose person has not come yet is understood too', async () => {
    const code = unique('HB');
    const mrn = unique('P');
    await app.post('/fhir', resultsOnly([local(code, 65, 'g/L', about(mrn))]));
    await map('code', `urn:lis|${code}`, 'hb');
    await send(person(mrn), []);
    expect((await seen(app, mrn)).findings).toEqual(['hb-low']);
    expect(openTasks(await seen(app, mrn))).toBe('notify');
  });

  it.each([
    ['code', 'urn:lis|X', 'no-such-analyte'],
    ['code', 'X', 'hb'],
    ['code', 'urn:lis|X', 'glucose; sometimes'],
    ['unit', 'furlong', 'not a unit'],
    ['unit', 'hb: furlong', 's'],
  ] as const)('but not %s %s as %s', async (kind, source, target) => {
    await expect(app.nest.get(TerminologyService, REACH).add(kind, source, target)).rejects.toMatchObject({
      code: 'invalid-request',
    });
    expect(await app.nest.get(TerminologyService, REACH).mappings()).not.toContainEqual(
      expect.objectContaining({ source }),
    );
  });
});

describe('a mapping that another process has added', () => {
  const addElsewhere = (source: string, target: string): Promise<unknown> =>
    app.nest.get(DataSource).manager.insert(TerminologyMappingEntity, {
      id: newId(),
      kind: 'code',
      source,
      target,
      createdAt: app.clock.now(),
    });

  it('is noticed, and what came in meanwhile is judged', async () => {
    const code = unique('HB');
    await addElsewhere(`urn:lis|${code}`, 'hb');
    const mrn = await send(person(), [local(code, 65, 'g/L')]);
    expect(await reasonsOf(app, mrn)).toEqual(['unknown-code']);
    await app.nest.get(VocabularyWatch, REACH).look();
    expect(openTasks(await seen(app, mrn))).toBe('notify');
  });

  it('and does not fit this version is left out, and the others stay', async () => {
    const code = unique('HB');
    await addElsewhere(`urn:lis|${unique('OLD')}`, 'an-analyte-of-another-version');
    await addElsewhere(`urn:lis|${code}`, 'hb');
    await app.nest.get(VocabularyWatch, REACH).look();
    const mrn = await send(person(), [local(code, 65, 'g/L')]);
    expect((await seen(app, mrn)).findings).toEqual(['hb-low']);
  });
});
