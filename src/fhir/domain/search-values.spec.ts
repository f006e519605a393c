import fc from 'fast-check';
import { alternatives, readDateSearch, readPatientId, readToken } from './search-values.js';

describe('values of a search', () => {
  it.each([
    ['a', ['a']],
    ['a,b', ['a', 'b']],
    ['a\\,b,c', ['a\\,b', 'c']],
    ['', null],
    [',', null],
    ['a,', null],
    ['a,,b', null],
  ])('%j are the alternatives %j', (text, parts) => {
    expect(alternatives(text)).toEqual(parts);
  });

  it.each([
    ['718-7', { system: null, code: '718-7' }],
    ['http://loinc.org|718-7', { system: 'http://loinc.org', code: '718-7' }],
    ['|718-7', { system: '', code: '718-7' }],
    ['http://loinc.org|', { system: 'http://loinc.org', code: null }],
    ['urn:x|a\\|b', { system: 'urn:x', code: 'a|b' }],
    ['urn:x|a|b', { system: 'urn:x', code: 'a|b' }],
    ['a\\,b', { system: null, code: 'a,b' }],
    ['|', null],
    ['', null],
  ])('%j is the token %j', (text, token) => {
    expect(readToken(text)).toEqual(token);
  });

  it.each([
    ['p1', 'p1'],
    ['Patient/p1', 'p1'],
    ['https://fhir.example/r4/Patient/p1', 'p1'],
    ['Observation/p1', null],
    ['p1/x', null],
    ['../p1', null],
    ['', null],
    ['x'.repeat(65), null],
  ])('%j means the person %j', (text, id) => {
    expect(readPatientId(text)).toBe(id);
  });

  const at = (text: string) => new Date(text);
  it.each([
    ['ge2026-03-01T08:00:00Z', [{ operator: '>=', at: at('2026-03-01T08:00:00.000Z') }]],
    ['ge2026-03-01T08:00:00+08:00', [{ operator: '>=', at: at('2026-03-01T00:00:00.000Z') }]],
    ['ge2026-03-01T08:00:00 08:00', [{ operator: '>=', at: at('2026-03-01T00:00:00.000Z') }]],
    ['ge2026-03-01', [{ operator: '>=', at: at('2026-02-28T16:00:00.000Z') }]],
    ['gt2026-03-01', [{ operator: '>', at: at('2026-03-01T15:59:59.999Z') }]],
    ['lt2026-03-01', [{ operator: '<', at: at('2026-02-28T16:00:00.000Z') }]],
    ['le2026-03-01', [{ operator: '<=', at: at('2026-03-01T15:59:59.999Z') }]],
    ['le2026-03-01T08:00:00Z', [{ operator: '<=', at: at('2026-03-01T08:00:00.999Z') }]],
    ['le2026-03-01T08:00:00.250Z', [{ operator: '<=', at: at('2026-03-01T08:00:00.250Z') }]],
    [
      '2026-03',
      [
        { operator: '>=', at: at('2026-02-28T16:00:00.000Z') },
        { operator: '<=', at: at('2026-03-31T15:59:59.999Z') },
      ],
    ],
    ['ne2026-03-01', null],
    ['ap2026', null],
    ['2026-02-30', null],
    ['gestern', null],
    ['', null],
  ])('%s is a span of the centre, %j', (text, bounds) => {
    expect(readDateSearch(text, 'Asia/Shanghai')).toEqual(bounds);
  });

  it('of any kind are read or refused, never thrown at', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        alternatives(text);
        readToken(text);
        readPatientId(text);
        readDateSearch(text, 'Asia/Shanghai');
      }),
    );
  });
});
