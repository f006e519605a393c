import { summaryOf } from './error-summary.js';

describe('an error in the log', () => {
  it('of the database shows its code and none of the values', () => {
    const driverError = Object.assign(new Error("Duplicate entry '13800004471'"), { code: 'ER_DUP_ENTRY' });
    const error = Object.assign(new Error("Duplicate entry '13800004471'"), {
      name: 'QueryFailedError',
      driverError,
      parameters: ['13800004471'],
    });
    const { what, frames } = summaryOf(error);
    expect(what).toBe('QueryFailedError ER_DUP_ENTRY');
    expect(`${what}${frames}`).not.toContain('1380000');
    expect(frames).toContain('error-summary.spec');
  });

  it('of SQLite itself too', () => {
    const error = Object.assign(new Error("near '13800004471'"), { code: 'SQLITE_ERROR' });
    expect(summaryOf(error).what).toBe('Error SQLITE_ERROR');
  });

  it('of our own keeps its message', () => {
    expect(summaryOf(new TypeError('x is not a function')).what).toBe('TypeError: x is not a function');
  });

  it.each(['13800004471', null, undefined, { phone: '13800004471' }])(
    'that is no error says only so (%#)',
    (thrown) => {
      expect(summaryOf(thrown).what).toMatch(/^a thrown \w+$/);
      expect(summaryOf(thrown).frames).toBeUndefined();
    },
  );
});
