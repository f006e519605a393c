import fc from 'fast-check';
import { searchBundle } from './search-bundle.js';
import { readCursor, writeCursor } from './search-cursor.js';

const base = 'https://a.example/fhir';
const resources: fhir4.Task[] = [{ resourceType: 'Task', id: 't1', status: 'requested', intent: 'order' }];

describe('a page of a search', () => {
  it('links to the next with the same parameters and the place', () => {
    const used = [
      ['patient.identifier', 'urn:mrn|42'],
      ['_count', '1'],
      ['_after', 'old'],
    ] as const;
    const next = { id: 't1', at: new Date('2026-03-01T00:00:00.000Z') };
    const bundle = searchBundle({ base, type: 'Task', used, resources, next, total: null });
    expect(bundle.link).toEqual([
      {
        relation: 'self',
        url: `${base}/Task?patient.identifier=urn%3Amrn%7C42&_count=1&_after=old`,
      },
      {
        relation: 'next',
        url: `${base}/Task?patient.identifier=urn%3Amrn%7C42&_count=1&_after=1772323200000%7Et1`,
      },
    ]);
    expect(bundle.entry).toEqual([
      { fullUrl: `${base}/Task/t1`, resource: resources[0], search: { mode: 'match' } },
    ]);
    expect(bundle).not.toHaveProperty('total');
  });

  it('has no entry element when nothing was found', () => {
    const bundle = searchBundle({ base, type: 'Task', used: [], resources: [], next: null, total: 0 });
    expect(bundle).toEqual({
      resourceType: 'Bundle',
      type: 'searchset',
      total: 0,
      link: [{ relation: 'self', url: `${base}/Task` }],
    });
  });

  it('says its place so that it is read back, whatever the id and instant', () => {
    const id = fc.stringMatching(/^[A-Za-z0-9\-.]{1,64}$/);
    const at = fc.option(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }));
    fc.assert(
      fc.property(id, at, (someId, someAt) => {
        expect(readCursor(writeCursor({ id: someId, at: someAt }))).toEqual({ id: someId, at: someAt });
      }),
    );
  });

  it.each(['', '~', 'a~b', '1~', '1~a b', `1~${'x'.repeat(65)}`])('refuses the place %j', (text) => {
    expect(readCursor(text)).toBeNull();
  });
});
