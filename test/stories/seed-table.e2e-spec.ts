import { startApp, type TestApp } from '../support/app.js';
import { MRN, person, result } from '../support/messages.js';
import { TABLE } from '../support/important-results.js';
import { type Worded } from '../support/worded-results.js';

const EXPECTED = ['fires', 'silent', 'review'] as const;
const ENTRIES_A_BUNDLE = 60;

interface Case {
  mrn: string;
  rule: string;
  expected: (typeof EXPECTED)[number];
  worded: Worded;
}

function cases(): Case[] {
  return TABLE.flatMap((row) =>
    EXPECTED.flatMap((expected) =>
      (row[expected] ?? []).map((worded, i) => ({
        mrn: `${row.rule} ${expected} ${i}`,
        rule: row.rule,
        expected,
        worded,
      })),
    ),
  );
}

describe('the table of important results, as laboratories word them', () => {
  let app: TestApp;
  const found = new Map<string, { rules: Set<string>; isReviewed: boolean; isCalled: boolean }>();

  beforeAll(async () => {
    app = await startApp();
    const all = cases();
    for (let at = 0; at < all.length; at += ENTRIES_A_BUNDLE) {
      const part = all.slice(at, at + ENTRIES_A_BUNDLE);
      const { status, text } = await app.post('/fhir', together(part));
      if (status !== 200) throw new Error(`${status} ${text}`);
    }
    await readBack();
  }, 120_000);
  afterAll(() => app.close());

  function together(part: readonly Case[]): fhir4.Bundle {
    return {
      resourceType: 'Bundle',
      type: 'collection',
      entry: part.flatMap(({ mrn, worded }) => {
        const subject = { reference: `urn:test:${encodeURIComponent(mrn)}` };
        const content = { ...worded, subject } as fhir4.DiagnosticReport | fhir4.Observation;
        return [
          { fullUrl: subject.reference, resource: person(mrn) },
          {
            resource:
              content.resourceType === 'DiagnosticReport'
                ? content
                : result({ ...content, identifier: [{ system: 'urn:test:case', value: mrn }] }),
          },
        ];
      }),
    };
  }

  async function readBack(): Promise<void> {
    const many = { _count: '1000' };
    const patients = await app.search<fhir4.Patient>('Patient', many, { key: 'read-contact' });
    const mrns = new Map(
      patients.map(({ id, identifier }) => [
        `Patient/${id}`,
        identifier!.find(({ system }) => system === MRN)!.value!,
      ]),
    );
    const of = (reference?: fhir4.Reference) => {
      const mrn = mrns.get(reference!.reference!)!;
      if (!found.has(mrn)) found.set(mrn, { rules: new Set(), isReviewed: false, isCalled: false });
      return found.get(mrn)!;
    };
    for (const finding of await app.search<fhir4.DetectedIssue>('DetectedIssue', many))
      of(finding.patient).rules.add(finding.code!.coding![0]!.code!);
    for (const task of await app.search<fhir4.Task>('Task', many)) {
      const person = of(task.for);
      if (task.code!.coding![0]!.code === 'review') person.isReviewed = true;
      else person.isCalled = true;
    }
  }

  it.each(TABLE.map(({ rule }) => rule))('%s', (rule) => {
    const wrong = cases()
      .filter((one) => one.rule === rule)
      .flatMap(({ mrn, expected, worded }) => {
        const got = found.get(mrn);
        const fires = got?.rules.has(`important-results/${rule}`) ?? false;
        const isRight = {
          fires: fires && got!.isCalled,
          silent: !fires && !(got?.isReviewed ?? false),
          review: !fires && (got?.isReviewed ?? false) && !got!.isCalled,
        }[expected];
        return isRight ? [] : [`${expected} expected: ${describeCase(worded)}; got ${outcomeOf(got)}`];
      });
    expect(wrong).toEqual([]);
  });
});

function describeCase(worded: Worded): string {
  const { code, status: _status, resourceType: _type, ...rest } = worded as fhir4.Observation;
  const name = code.text ?? code.coding?.[0]?.code;
  return `${name} ${JSON.stringify(rest)}`;
}

function outcomeOf(got: { rules: Set<string>; isReviewed: boolean; isCalled: boolean } | undefined): string {
  if (!got) return 'nothing';
  return [...got.rules, ...(got.isReviewed ? ['review'] : []), ...(got.isCalled ? ['call'] : [])].join(', ');
}
