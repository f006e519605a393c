import { readSearch } from './search-request.js';

const EVERYTHING = { patient: true, identifier: true, status: true, code: true, date: true };
const read = (query: string, isStrict = false, searchable = EVERYTHING) =>
  readSearch(new URLSearchParams(query), searchable, 'Asia/Shanghai', isStrict);

describe('a search', () => {
  it('takes what stands for one parameter as alternatives and repeated parameters together', () => {
    const { request, faults } = read('status=final,amended&code=718-7&code=urn:x|a,b&patient=p1');
    expect(faults).toEqual([]);
    expect(request).toMatchObject({
      statuses: [['final', 'amended']],
      codes: [
        [{ system: null, code: '718-7' }],
        [
          { system: 'urn:x', code: 'a' },
          { system: null, code: 'b' },
        ],
      ],
      persons: [[{ id: 'p1' }]],
    });
  });

  it.each([
    'patient=p1',
    'patient=Patient/p1',
    'subject=Patient/p1',
    'subject:Patient=p1',
    'patient:Patient=p1',
    'for=Patient/p1',
  ])('finds a person by %s', (query) => {
    expect(read(query).request.persons).toEqual([[{ id: 'p1' }]]);
  });

  it.each(['patient.identifier', 'subject.identifier', 'subject:Patient.identifier', 'patient:identifier'])(
    'finds a person by the identifier in %s',
    (name) => {
      expect(read(`${name}=urn:mrn%7C42`).request.persons).toEqual([[{ system: 'urn:mrn', value: '42' }]]);
    },
  );

  it.each([
    ['_sort=_lastUpdated', { by: 'lastUpdated', isDescending: false }],
    ['_sort=-_lastUpdated', { by: 'lastUpdated', isDescending: true }],
    ['_sort=_id', { by: 'id', isDescending: false }],
    ['_sort=-date', { by: 'date', isDescending: true }],
    ['', null],
  ])('%j sorts by %j', (query, sort) => {
    expect(read(query).request.sort).toEqual(sort);
  });

  it.each([
    ['', 50, 'none'],
    ['_count=1', 1, 'none'],
    ['_count=99999', 1000, 'none'],
    ['_count=0', 0, 'none'],
    ['_summary=count', 0, 'none'],
    ['_total=accurate', 50, 'accurate'],
    ['_total=none', 50, 'none'],
  ])('%j gives %i entries a page and the total %s', (query, count, total) => {
    expect(read(query).request).toMatchObject({ count, total });
  });

  it.each([
    ['_count=-1', '_count'],
    ['_count=many', '_count'],
    ['_lastUpdated=yesterday', '_lastUpdated'],
    ['_sort=name', '_sort'],
    ['_sort=', '_sort'],
    ['patient=Observation/1', 'patient'],
    ['patient.identifier=42', 'patient.identifier'],
    ['identifier=', 'identifier'],
    ['code=', 'code'],
    ['status=a,,b', 'status'],
    ['_id=a/b', '_id'],
    ['_total=maybe', '_total'],
    ['_summary=text', '_summary'],
    ['_after=%00', '_after'],
    ['code:in=x', 'code:in'],
    ['status:not=final', 'status:not'],
  ])('refuses %s and names the parameter', (query, path) => {
    expect(read(query).faults).toEqual([expect.objectContaining({ code: 'invalid-request', path })]);
  });

  it('names every malformed parameter at once', () => {
    expect(read('_count=x&_sort=x&code=').faults.map(({ path }) => path)).toEqual([
      '_count',
      '_sort',
      'code',
    ]);
  });

  it('leaves out of account what the type does not have, unless the caller insists', () => {
    const patients = { ...EVERYTHING, status: false, date: false };
    const lax = read('status=final&colour=red&_sort=_id&code=x', false, patients);
    expect(lax.faults).toEqual([]);
    expect(lax.request.statuses).toEqual([]);
    expect(lax.request.used.map(([name]) => name)).toEqual(['_sort', 'code']);
    const strict = read('status=final&colour=red', true, patients);
    expect(strict.faults.map(({ path }) => path)).toEqual(['status', 'colour']);
  });

  it('does not repeat a strange parameter name', () => {
    expect(read('%3Cscript%3E=1', true).faults[0]?.path).toBe('parameter');
  });

  it('is not confused by names of every object', () => {
    const { request, faults } = read('constructor=1&__proto__=2&toString=3');
    expect(faults).toEqual([]);
    expect(request.used).toEqual([]);
  });
});
