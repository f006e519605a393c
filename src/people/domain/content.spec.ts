import fc from 'fast-check';
import { contentText, resultHash } from './content.js';

const same = (reference: string): string => reference;
const text = (resource: object): string => contentText(resource, same);
/** Member names are FHIR's own by the time a resource is compared: words. */
const json = fc
  .letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value')),
      fc.dictionary(fc.stringMatching(/^[a-zA-Z_]{1,8}$/), tie('value')),
    ),
  }))
  .value.map((value) => ({ value }));

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  );
}

describe('the content of a resource', () => {
  it('is the same whatever the order of its members, at any depth', () => {
    fc.assert(fc.property(json, (resource) => text(shuffled(resource) as object) === text(resource)));
  });

  it('is the same only for the same content', () => {
    const plain = (value: unknown): string => JSON.stringify(shuffled(sorted(value)));
    fc.assert(
      fc.property(json, json, (a, b) => (text(a) === text(b)) === (plain(a) === plain(b))),
      { numRuns: 300 },
    );
  });

  it.each<[string, object, object]>([
    ['the order of a list', { a: [1, 2] }, { a: [2, 1] }],
    ['how lists nest', { a: [[1], [2]] }, { a: [[1, 2]] }],
    ['an empty list and none', { a: [] }, {}],
    ['an empty list and a list of an empty one', { a: [] }, { a: [[]] }],
    ['an object and a list', { a: {} }, { a: [] }],
    ['a number and its text', { a: 1 }, { a: '1' }],
    ['true and "true"', { a: true }, { a: 'true' }],
    ['null and "null"', { a: null }, { a: 'null' }],
    ['a text that imitates the next member', { a: 'x', b: 'y' }, { a: 'x,b:1:y' }],
    ['a text that imitates its own length', { a: ['1:x'] }, { a: ['x', ''] }],
    ['a text that imitates a list', { a: ['x', 'y'] }, { a: ['x,1:y'] }],
    ['two spellings of one letter', { a: 'é' }, { a: 'e\u0301' }],
    ['a space', { a: 'x' }, { a: 'x ' }],
    ['a member below called id', { component: [{ id: '1' }] }, { component: [{ id: '2' }] }],
    ['status', { status: 'final' }, { status: 'corrected' }],
  ])('tells %s apart', (_, a, b) => {
    expect(text(a)).not.toBe(text(b));
  });

  it('leaves out where and when it was stored', () => {
    expect(text({ id: '1', meta: { versionId: '2' }, status: 'final' })).toBe(text({ status: 'final' }));
  });

  it('names references anew wherever they stand, and nothing else', () => {
    const rename = (reference: string): string => reference.replace('urn:uuid:a', 'urn:uuid:b');
    const of = (uuid: string): object => ({
      specimen: { reference: uuid },
      performer: [{ reference: uuid }],
      extension: [{ valueReference: { reference: uuid } }],
    });
    expect(contentText(of('urn:uuid:a'), rename)).toBe(contentText(of('urn:uuid:b'), rename));
    expect(contentText({ note: 'urn:uuid:a' }, rename)).not.toBe(contentText({ note: 'urn:uuid:b' }, rename));
  });
});

describe('the hash of a result', () => {
  it('is apart from whom it is about, and from nothing else', () => {
    const result = { status: 'final', subject: { reference: 'Patient/1' } };
    expect(resultHash(result, same)).toBe(resultHash({ status: 'final' }, same));
    expect(resultHash({ ...result, focus: [{ reference: 'Patient/1' }] }, same)).not.toBe(
      resultHash(result, same),
    );
    expect(resultHash(result, same)).toMatch(/^[\w-]{27}$/);
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}

it('is not misled by a member whose name looks like two', () => {
  const two = text({ value: { a: 1, 'b\nc': 2 } });
  const other = text({ value: { 'a\nb': 1, c: 2 } });
  expect(other).not.toBe(two);
  expect(other).toContain('c:2');
});
