import { consentFor, namesOf } from './consent.js';

const ZONE = 'Asia/Shanghai';
/** Ten in the morning of 2 March at the centre. */
const NOW = new Date('2026-03-02T02:00:00.000Z');
const LI = { names: ['李敏'], identifiers: ['urn:t|r1'] };
const actor = (reference: fhir4.Reference): fhir4.ConsentProvisionActor => ({ role: {}, reference });
const NAMED = { actor: [actor({ display: '李 敏' })] };

function consent(provision: fhir4.ConsentProvision, more: Partial<fhir4.Consent> = {}): fhir4.Consent {
  const scope = { text: '告知' };
  return { resourceType: 'Consent', status: 'active', scope, category: [], provision, ...more };
}
const coded = (code: string): fhir4.CodeableConcept[] => [{ coding: [{ code }] }];

describe('a consent to tell a relative', () => {
  it.each<[string, fhir4.Consent, object | null]>([
    ['in general', consent({}), { isNamed: false, until: null }],
    ['that names them', consent(NAMED), { isNamed: true, until: null }],
    ['that names their record', consent({ actor: [actor({ identifier: { system: 'urn:t', value: 'r1' } })] }), { isNamed: true }],
    ['that names another', consent({ actor: [actor({ display: '李强' })] }), null],
    ['withdrawn', consent(NAMED, { status: 'inactive' }), null],
    ['for research', consent(NAMED, { scope: { coding: [{ code: 'research' }] } }), null],
    ['for privacy', consent(NAMED, { scope: { coding: [{ code: 'patient-privacy' }] } }), { isNamed: true }],
    ['to collect alone', consent({ ...NAMED, action: coded('collect') }), null],
    ['to disclose', consent({ ...NAMED, action: coded('disclose') }), { isNamed: true }],
    ['for marketing', consent({ ...NAMED, purpose: [{ code: 'HMARKT' }] }), null],
    ['of some resources alone', consent({ ...NAMED, class: [{ code: 'Observation' }] }), null],
    ['that refuses', consent({ ...NAMED, type: 'deny' }), null],
    ['that begins tomorrow', consent({ ...NAMED, period: { start: '2026-03-03' } }), null],
    ['that ends today', consent({ ...NAMED, period: { end: '2026-03-02' } }), { until: new Date('2026-03-02T15:59:59.999Z') }],
    ['that ended yesterday', consent({ ...NAMED, period: { end: '2026-03-01' } }), null],
    ['that ended a minute ago', consent({ ...NAMED, period: { end: '2026-03-02T01:59:00Z' } }), null],
    ['whose end cannot be read', consent({ ...NAMED, period: { end: 'soon' } }), null],
    ['in general but for them', consent({ provision: [{ type: 'deny', ...NAMED }] }), null],
    ['of nobody but them', consent({ type: 'deny', period: { end: '2026-12-31' }, provision: [{ type: 'permit', ...NAMED }] }), { isNamed: true, until: new Date('2026-12-31T15:59:59.999Z') }],
  ])('%s', (_, given, expected) => {
    const found = consentFor([given], LI, NOW, ZONE);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatchObject(expected);
  }); // prettier-ignore

  it('is outweighed by a refusal, whichever came first', () => {
    const [yes, no] = [consent(NAMED), consent({ type: 'deny' })];
    expect(consentFor([yes, no], LI, NOW, ZONE)).toBeNull();
    expect(consentFor([no, yes], LI, NOW, ZONE)).toBeNull();
  });

  it('ends with the day of the centre, not with that of Greenwich', () => {
    const given = [consent({ ...NAMED, period: { end: '2026-03-01' } })];
    expect(consentFor(given, LI, new Date('2026-03-01T15:59:00Z'), ZONE)).not.toBeNull();
    expect(consentFor(given, LI, new Date('2026-03-01T16:00:00Z'), ZONE)).toBeNull();
  });

  it('knows a name written either way round', () => {
    expect(namesOf([{ family: '李', given: ['敏'] }])).toEqual(['李敏', '敏李']);
  });
});
