import { toOperationOutcome } from './operation-outcome.js';

describe('an OperationOutcome', () => {
  it('names the element, the cause and the kind of fault', () => {
    const path = 'Bundle.entry[3].resource.status';
    expect(toOperationOutcome([{ code: 'invalid-resource', message: 'status is required', path }])).toEqual({
      resourceType: 'OperationOutcome',
      issue: [
        {
          severity: 'error',
          code: 'invalid',
          details: { coding: [{ system: 'urn:firstcall:error', code: 'invalid-resource' }] },
          diagnostics: `${path}: status is required`,
          expression: [path],
        },
      ],
    });
  });

  it('has no expression where no element is at fault', () => {
    const [issue] = toOperationOutcome([{ code: 'invalid-json', message: 'the body is not JSON' }]).issue;
    expect(issue).toMatchObject({ code: 'structure', diagnostics: 'the body is not JSON' });
    expect(issue).not.toHaveProperty('expression');
  });

  it('keeps every fault, in order', () => {
    const { issue } = toOperationOutcome([
      { code: 'too-many-entries', message: 'one' },
      { code: 'ambiguous-person', message: 'two' },
    ]);
    expect(issue.map(({ code, diagnostics }) => [code, diagnostics])).toEqual([
      ['too-long', 'one'],
      ['multiple-matches', 'two'],
    ]);
  });

  it('is information for a resource that is kept and not used', () => {
    const { issue } = toOperationOutcome(
      [{ code: 'unsupported-resource', message: 'kept, not used' }],
      'information',
    );
    expect(issue[0]).toMatchObject({ severity: 'information', code: 'informational' });
  });

  it('has an issue even when there is no fault, as R4 wants', () => {
    expect(toOperationOutcome([]).issue).toHaveLength(1);
  });
});
