import { nameKey, nameKeys } from './name-key.js';

describe('local names', () => {
  it.each([
    ['ＷＢＣ', 'wbc'],
    ['CA 19-9', 'ca199'],
    ['CA–199', 'ca199'],
    ['*白细胞计数', '白细胞计数'],
    ['★ 白细胞', '白细胞'],
    ['1.白细胞', '白细胞'],
    ['γ-GT', 'ggt'],
    ['β-HCG', 'bhcg'],
    ['NEUT%', 'neut%'],
    ['NEUT#', 'neut#'],
    ['Glomerular filtration rate/\u200b1.73', 'glomerularfiltrationrate173'],
  ])('%s is looked up as %s', (name, key) => {
    expect(nameKey(name)).toBe(key);
  });

  it('the whole name first, then the name outside the brackets, then without specimen and method', () => {
    expect(nameKeys('白细胞计数（WBC）')).toEqual(['白细胞计数wbc', '白细胞计数']);
    expect(nameKeys('血清肌酐测定(Cr)')).toEqual(['血清肌酐测定cr', '血清肌酐测定', '肌酐测定cr', '肌酐']);
  });

  it('what stands in the brackets alone never decides: 白带(WBC) is not a blood count', () => {
    expect(nameKeys('白带(WBC)')).not.toContain('wbc');
  });
});
