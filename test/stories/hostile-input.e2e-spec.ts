import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { startApp, type TestApp } from '../support/app.js';
import { bundleOf, loinc, observation, person, quantity, result } from '../support/messages.js';
import { reconcile, rowCounts } from '../support/queue.js';
import { ReconcileModule } from '../../src/reconcile/index.js';

const RUNS = Number(process.env.FIRSTCALL_FUZZ_RUNS ?? 300);
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

describe('hostile input', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ modules: [ReconcileModule] });
  });
  afterAll(() => app.close());

  /** Sent as it is; refused clearly, and nothing of it stored. */
  async function refused(body: string | Uint8Array, headers: Record<string, string> = {}, statuses = [400]) {
    const counts = await rowCounts(app);
    const answer = await app.post<fhir4.OperationOutcome>('/fhir', body, { headers });
    expect(statuses).toContain(answer.status);
    expect(answer.body).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ severity: 'error' }] });
    expect(await rowCounts(app)).toEqual(counts);
    return answer.body.issue[0]!;
  }
  const good = () => bundleOf(person(), [observation({ wbc: 2.5 }), observation({ hb: 60 })]);
  const text = (bundle: fhir4.Bundle = good()) => JSON.stringify(bundle);
  const withValue = (digits: string) => text().replace('"value":2.5', `"value":${digits}`);

  it(
    `no mutation of a good message makes the service fail (${RUNS} runs)`,
    async () => {
      await fc.assert(
        fc.asyncProperty(mutation(sample()), async (mutated) => {
          const { status, text: answer } = await app.post('/fhir', JSON.stringify(mutated));
          if (status >= 500 || ![200, 400, 405, 412, 413].includes(status))
            throw new Error(`${status} ${answer}`);
          if (status !== 200) expect(answer).toContain('OperationOutcome');
        }),
        { numRuns: RUNS },
      );
    },
    RUNS * 1000,
  );

  // Before the large bodies: a message that is found is unpacked each time.
  it('reads and searches with hostile parameters are refused or empty', async () => {
    const values = [
      '',
      '|',
      '||',
      "'",
      '%',
      '\u0000',
      'x'.repeat(300),
      '../x',
      '-1',
      '1e9',
      '__proto__',
      ',',
      'ge2026-13-01',
      '😀',
    ];
    for (const type of ['Observation', 'Task', 'DetectedIssue', 'Patient'])
      for (const name of [
        'patient',
        'patient.identifier',
        'identifier',
        'status',
        'code',
        '_lastUpdated',
        '_count',
        '_sort',
        '_after',
        '_id',
        'nonsense',
      ])
        for (const value of values) {
          const more = name === '_count' ? '' : '&_count=1';
          const { status, text: answer } = await app.get(
            `/fhir/${type}?${name}=${encodeURIComponent(value)}${more}`,
          );
          if (status !== 200 && status !== 400 && status !== 414)
            throw new Error(`${type}?${name}=${value}: ${status} ${answer}`);
        }
  }, 120_000);

  describe('bodies that are no message', () => {
    it.each([
      ['half a body', () => text().slice(0, 300)],
      ['two bodies', () => text() + text()],
      ['not JSON', () => 'MSH|^~\\&|LIS|HIS|202603020800||ORU^R01'],
      ['a list', () => `[${text()}]`],
      ['null', () => 'null'],
      ['a number', () => '42'],
      ['an empty object', () => '{}'],
      ['NaN where a number stands', () => withValue('NaN')],
      ['Infinity where a number stands', () => withValue('Infinity')],
      ['a number with a leading zero', () => withValue('02.5')],
      ['1e400', () => withValue('1e400')],
      ['-1e400', () => withValue('-1e400')],
      ['deep lists', () => '['.repeat(100_000) + ']'.repeat(100_000)],
      [
        'deep objects',
        () => text().replace('"value":2.5', `"value":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`),
      ],
      [
        '__proto__ in a resource',
        () => text().replace('"status":', '"__proto__":{"isHistory":true},"status":'),
      ],
      ['__proto__ in disguise', () => text().replace('"status":', '"\\u005f_proto__":{"x":1},"status":')],
      ['constructor', () => text().replace('"status":', '"constructor":{"prototype":{"x":1}},"status":')],
      ['the same element twice over', () => text().replace('"status":', '"valueString":"x","status":')],
    ])('%s', async (_, body) => {
      await refused(body());
    });

    it('an empty body', async () => {
      await refused('');
    });

    it.each([
      ['broken gzip', gzipSync(text()).subarray(0, 200), { 'content-encoding': 'gzip' }, [400]],
      ['gzip that is none', Buffer.from(text()), { 'content-encoding': 'gzip' }, [400]],
      ['an encoding nobody knows', Buffer.from(text()), { 'content-encoding': 'lzma' }, [415]],
      [
        'a bomb: 200 MB of spaces in 200 kB',
        gzipSync(Buffer.alloc(200 << 20, 32)),
        { 'content-encoding': 'gzip' },
        [413],
      ],
      ['GB18030 sent as if it were UTF-8', Buffer.from('{"resourceType":"\xb2\xe2"}', 'latin1'), {}, [400]],
      [
        'XML',
        Buffer.from('<Bundle xmlns="http://hl7.org/fhir"/>'),
        { 'content-type': 'application/fhir+xml' },
        [415],
      ],
      ['no content type', Buffer.from(text()), { 'content-type': '' }, [415, 400]],
    ])(
      '%s',
      async (_, body, headers, statuses) => {
        await refused(body, headers, statuses);
      },
      60_000,
    );

    it('10,001 entries are too many, 10,000 are not', async () => {
      const entry = { resource: { resourceType: 'Basic', code: { text: 'x' } } };
      const many = (count: number) =>
        JSON.stringify({
          resourceType: 'Bundle',
          type: 'collection',
          entry: Array<object>(count).fill(entry),
        });
      expect((await refused(many(10_001), {}, [413])).code).toBe('too-long');
      expect((await app.post('/fhir', many(10_000))).status).toBe(200);
    }, 60_000);

    it('a body of 33 MB is taken or refused as too large, one of 80 MB is refused', async () => {
      const padded = (mega: number) => text() + ' '.repeat(mega << 20);
      expect([200, 413]).toContain((await app.post('/fhir', padded(33))).status);
      await refused(padded(80), {}, [413]);
    }, 60_000);

    it('bundle types and methods that are not taken', async () => {
      for (const type of ['searchset', 'history', 'document', 'message', 'batch-response', 'nonsense'])
        await refused(text({ ...good(), type: type as 'batch' }));
      for (const method of ['DELETE', 'GET', 'PATCH', 'HEAD', 'nonsense']) {
        const bundle = good();
        bundle.entry![1]!.request!.method = method as 'POST';
        await refused(text(bundle), {}, [400, 405]);
      }
    });
  });

  it('the second witness finds everything that was taken in order', async () => {
    expect(await reconcile(app)).toEqual([]);
  }, 120_000);
});

/** A message that uses every kind of entry that is read. */
function sample(): fhir4.Bundle {
  const bundle = bundleOf(person(), [
    observation({ wbc: 2.5 }),
    result({
      code: { text: '血压' },
      component: [{ code: loinc('8480-6'), valueQuantity: quantity(120, 'mm[Hg]') }],
      specimen: { reference: 'urn:uuid:22222222-2222-4222-8222-222222222222' },
      referenceRange: [{ high: { value: 5 }, text: '0-5' }],
    }),
    {
      resourceType: 'DiagnosticReport',
      status: 'final',
      code: { text: '超声' },
      conclusion: '肝占位，恶性不除外',
    },
    { resourceType: 'Encounter', status: 'finished', class: { code: 'AMB' } },
    { resourceType: 'Condition', code: { text: '高血压' } } as fhir4.Condition,
  ]);
  bundle.entry!.push({
    fullUrl: 'urn:uuid:22222222-2222-4222-8222-222222222222',
    resource: {
      resourceType: 'Specimen',
      collection: { fastingStatusCodeableConcept: { text: '空腹' } },
    } as fhir4.Specimen,
    request: { method: 'POST', url: 'Specimen' },
  });
  return bundle;
}

const STRANGE: readonly Json[] = [
  null, true, 0, -1, 1e308, '', ' ', '\u0000', '\ud800', '张\u3000三', [], {}, [[]], [null], { a: 1 }, 'Patient/1', 'urn:uuid:x',
  '2026-02-30', '9999-12-31T23:59:59-14:00', 'final', 'x'.repeat(3000), '#', [1, 'a'], { reference: 'Patient/1' }, { resourceType: 'Patient' },
]; // prettier-ignore

/** One to four places of the message replaced, removed, doubled or swapped. */
function mutation(from: fhir4.Bundle): fc.Arbitrary<Json> {
  const change = fc.record({
    place: fc.nat(),
    how: fc.constantFrom('replace', 'remove', 'double', 'rename', 'copy'),
    what: fc.oneof(fc.constantFrom(...STRANGE), fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>),
    other: fc.nat(),
  });
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    const message = structuredClone(from) as unknown as Json;
    for (const { place, how, what, other } of changes) {
      const places = placesOf(message);
      const [holder, key] = places[place % places.length]!;
      const [source, from_] = places[other % places.length]!;
      const value = holder[key]!;
      if (how === 'replace') holder[key] = what;
      else if (how === 'remove') delete holder[key];
      else if (how === 'double') holder[key] = [value, value];
      else if (how === 'rename') holder[`${key}X`] = value;
      else holder[key] = structuredClone(source[from_] ?? null);
    }
    return message;
  });
}

function placesOf(value: Json): [{ [key: string]: Json }, string][] {
  if (value === null || typeof value !== 'object') return [];
  const holder = value as { [key: string]: Json };
  return Object.keys(holder).flatMap((key) => [
    [holder, key] as [typeof holder, string],
    ...placesOf(holder[key]!),
  ]);
}
