import { AppError, ERROR_CODES } from './errors.js';

describe('a refusal', () => {
  it('of one fault says code, status, message and place', () => {
    const error = new AppError('ambiguous-person', 'two persons', 'Bundle.entry[0].resource');
    expect(error).toMatchObject({ code: 'ambiguous-person', status: 412, message: 'two persons' });
    expect(error.faults).toEqual([
      { code: 'ambiguous-person', message: 'two persons', path: 'Bundle.entry[0].resource' },
    ]);
  });

  it('of several faults has the status of the first', () => {
    const faults = [
      { code: 'too-large', message: 'large' },
      { code: 'invalid-json', message: 'broken' },
    ] as const;
    expect(new AppError(faults)).toMatchObject({ status: 413, message: 'large', faults });
  });

  it('without a fault is an internal error', () => {
    expect(new AppError([])).toMatchObject({ code: 'internal', status: 500 });
  });

  it('has a status of a refusal for every code', () => {
    for (const { status } of Object.values(ERROR_CODES)) expect(status).toBeGreaterThanOrEqual(400);
  });
});
