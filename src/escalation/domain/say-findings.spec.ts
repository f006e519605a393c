import { type Finding } from '../../assessment/index.js';
import { sayFindings } from './say-findings.js';

const finding = (id: string, zh: string): Finding =>
  ({ id, toldValue: `v-${id}`, evidence: { sentence: { zh, en: `en ${zh}` } } }) as Finding;
const nothingHidden = (): boolean => false;

describe('what a doctor is told of findings', () => {
  it('is their sentences, and all of them are told by it', () => {
    expect(sayFindings([finding('a', '血钾 7.1'), finding('b', '血\n钠 160')], nothingHidden, 'zh')).toEqual({
      text: '血钾 7.1；血 钠 160',
      told: [
        { id: 'a', value: 'v-a' },
        { id: 'b', value: 'v-b' },
      ],
    });
  });

  it('names no confidential result, once however many there are, and tells none of them', () => {
    const said = sayFindings(
      [finding('a', 'HIV'), finding('b', '梅毒'), finding('c', '血钾')],
      ({ id }) => id !== 'c',
      'zh',
    );
    expect(said).toEqual({ text: '保密结果，请登录工作台查看；血钾', told: [{ id: 'c', value: 'v-c' }] });
  });

  it('ends where there is no room: what it leaves out is not told', () => {
    const long = 'x'.repeat(250);
    const said = sayFindings([finding('a', `${long}1`), finding('b', `${long}2`)], nothingHidden, 'zh');
    expect(said.told.map(({ id }) => id)).toEqual(['a']);
    expect(said.text).toBe(`${long}1`);
  });
});
