import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { RulesFolder } from '../../test/support/rules-folder.js';
import { BLOOD_COUNT, looks, type RulesInstance, RulesInstances } from '../../test/support/rules-instances.js';

let instances: RulesInstances;
let folder: RulesFolder;
beforeEach(async () => {
  instances = await RulesInstances.fresh();
  ({ folder } = instances);
});
afterEach(() => instances.remove());

describe('a rule that has gone', () => {
  const GONE = 'important-results/wbc-low';
  const takeOut = (): void => folder.write(BLOOD_COUNT, folder.read(BLOOD_COUNT).replace(/  - id: wbc-low[^]*?(?=  - id: rbc-low)/, ''));
  const goneFrom = ({ rules }: RulesInstance): string[] => rules.gone.map(({ rule }) => rule);

  it('is told, whatever else changes, until it is back', async () => {
    const one = await instances.start();
    const whole = folder.read(BLOOD_COUNT);
    const { version } = one.rules.current;
    expect(goneFrom(one)).toEqual([]);
    takeOut();
    await looks(one);
    expect(one.rules.gone).toEqual([{ rule: GONE, version, since: one.rules.inForceSince }]);
    expect(one.said.at(-1)).toBe(`1 rules of version ${version.slice(0, 12)} are in force no more: ${GONE}`);
    folder.setDaysOfClassB(6);
    await looks(one);
    expect(goneFrom(one)).toEqual([GONE]);
    folder.write(BLOOD_COUNT, whole);
    await looks(one);
    expect(goneFrom(one)).toEqual([]);
  });

  it('is told with all others of a file that was deleted', async () => {
    const one = await instances.start();
    rmSync(join(folder.path, BLOOD_COUNT));
    await looks(one);
    expect(goneFrom(one)).toContain(GONE);
    for (const rule of goneFrom(one)) expect(one.said.at(-1)).toContain(rule);
  });

  it('is told by a start, when it went while nobody was looking', async () => {
    const { version } = (await instances.start()).rules.current;
    await instances.end();
    takeOut();
    const after = await instances.start();
    expect(after.rules.gone).toMatchObject([{ rule: GONE, version }]);
    expect(after.said.join('\n')).toContain(`in force no more: ${GONE}`);
  });

  it('is no loss when the overlay switches it off', async () => {
    const overlay = new RulesFolder();
    rmSync(join(overlay.path, 'important-results'), { recursive: true });
    const off = (rule: string): string => `kind: overlay
title: { zh: 本院, en: ours }
source: 本院
owner: 检验科
review-by: 2999-12-31
changes:
  - { rule: ${rule}, off: true, reason: 本院不通知 }
`;
    for (const name of ['lexicon', 'notification', 'formulas']) rmSync(join(overlay.path, name), { recursive: true, force: true });
    overlay.write('changes.yaml', off('important-results/rbc-low'));
    try {
      const one = await instances.start(folder.path, '3000', overlay.path);
      overlay.write('changes.yaml', off(GONE));
      await looks(one);
      expect(one.rules.current.rules.map(({ id }) => id)).not.toContain(GONE);
      expect(goneFrom(one)).toEqual([]);
    } finally {
      overlay.remove();
    }
  });
});

