import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceInWords } from '../web/src/parts/source.js';

describe('a source, as people read it', () => {
  it.each([
    ['健康体检重要异常结果管理专家共识（试行版）2019 A 类 [S2 S4 S5]', '健康体检重要异常结果管理专家共识（试行版）2019 A 类'],
    ['Kost 美国医院危急值均值 [V6]；国内医院危急值表 [V7b V21]；[V11]', 'Kost 美国医院危急值均值；国内医院危急值表'],
    ['老年人颈动脉中国专家建议 (狭窄分级 [G48])；分级为本项目拟定 (domain notes 05 §2) proposal', '老年人颈动脉中国专家建议 (狭窄分级)；分级为本项目拟定'],
    ['05 §2 心脏、03 §9 心电图（记忆所及）', '心脏、心电图（记忆所及）'],
    ['C-Lung-RADS (PMC11564084)', 'C-Lung-RADS (PMC11564084)'],
    ['WS/T 405-2012 参考区间', 'WS/T 405-2012 参考区间'],
  ])('%s', (written, read) => expect(sourceInWords(written)).toBe(read)); // prettier-ignore

  it('of no shipped rule has a mark of notes in it', () => {
    const files = readdirSync('rules', { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.yaml'),
    );
    const sources = files.flatMap((path) =>
      [...readFileSync(join('rules', path), 'utf8').matchAll(/^ *source: *'?([^>|\n]+?)'?$/gm)].map(
        ([, source]) => source!,
      ),
    );
    expect(sources.length).toBeGreaterThan(300);
    const marked = sources
      .map(sourceInWords)
      .filter((said) => /\[[A-Z]\d|§|domain notes|proposal/.test(said));
    expect(marked).toEqual([]);
  });
});
