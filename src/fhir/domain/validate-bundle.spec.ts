import { validateBundleShell, validateEntry, validateResource } from './validate.js';
import { MOST_ENTRIES, MOST_LEVELS } from './limits.js';

const observation = (more: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: '白细胞' },
  ...more,
});
const bundle = (entry: unknown, type = 'transaction') => ({ resourceType: 'Bundle', type, entry });
const post = (resource: unknown) => ({ resource, request: { method: 'POST', url: 'Observation' } });

describe('verdicts entry by entry', () => {
  it('look at the shell of a batch without its entries', () => {
    expect(validateBundleShell(bundle([{ resource: { resourceType: 'Observation' } }], 'batch'))).toEqual([]);
    expect(validateBundleShell({ ...bundle([1]), total: -1 })[0]?.path).toBe('Bundle.total');
    expect(validateBundleShell(observation())[0]).toMatchObject({
      path: 'Bundle.resourceType',
      message: 'must be a Bundle',
    });
  });

  it('look at one entry under its own path', () => {
    expect(validateEntry(post(observation()), 'Bundle.entry[7]', 'batch')).toEqual([]);
    expect(validateEntry(post(observation({ status: 1 })), 'Bundle.entry[7]', 'batch')[0]?.path).toBe(
      'Bundle.entry[7].resource.status',
    );
    expect(validateEntry({ resource: observation() }, 'Bundle.entry[7]', 'batch')[0]?.path).toBe(
      'Bundle.entry[7].request',
    );
  });

  it('refuse more than ten thousand entries without looking at them', () => {
    const entry = Array.from({ length: MOST_ENTRIES + 1 }, () => 'no entry at all');
    expect(validateResource(bundle(entry))).toEqual([
      expect.objectContaining({ code: 'too-many-entries', path: 'Bundle.entry' }),
    ]);
    expect(validateBundleShell(bundle(entry.slice(1)))).toEqual([]);
  });
});

describe('depth', () => {
  /** An observation whose innermost extension stands at this level. */
  const deep = (levels: number) => {
    let inner: object = { url: 'u', valueString: 'x' };
    for (let level = levels; level > 3; level -= 2) inner = { url: 'u', extension: [inner] };
    return observation({ extension: [inner] });
  };

  it('is counted in resources that are used', () => {
    expect(validateResource(deep(MOST_LEVELS - 1))).toEqual([]);
    expect(validateResource(deep(MOST_LEVELS + 1))[0]?.code).toBe('too-deep');
    expect(validateResource(deep(100_001))[0]?.code).toBe('too-deep');
  });

  it('is counted from the bundle', () => {
    expect(validateResource(bundle([post(deep(MOST_LEVELS - 3))]))).toEqual([]);
    expect(validateResource(bundle([post(deep(MOST_LEVELS - 1))]))[0]?.code).toBe('too-deep');
  });

  it('is counted in resources that are not used', () => {
    const claim = (levels: number) => ({
      resourceType: 'Claim',
      a: JSON.parse('['.repeat(levels - 1) + ']'.repeat(levels - 1)) as unknown,
    });
    expect(validateResource(claim(MOST_LEVELS))).toEqual([]);
    expect(validateResource(claim(MOST_LEVELS + 1))[0]?.code).toBe('too-deep');
    expect(validateResource(bundle([post(claim(MOST_LEVELS - 3))]))).toEqual([]);
    expect(validateResource(bundle([post(claim(MOST_LEVELS - 2))]))[0]?.code).toBe('too-deep');
    expect(validateResource(claim(100_000))[0]?.code).toBe('too-deep');
  });
});
