import { briefly } from './brief.js';

describe('a finding in brief', () => {
  it('is what was found, without the advice', () => {
    const sentence = { zh: '检查结论：“占位”：建议就诊', en: 'Conclusion: “mass”: See a doctor' };
    expect(briefly(sentence, { zh: '建议就诊', en: 'See a doctor' })).toEqual({
      zh: '检查结论：“占位”',
      en: 'Conclusion: “mass”',
    });
  });

  it('is all of it where there is no advice, or the sentence does not end with it', () => {
    const sentence = { zh: '白细胞 2.9，低于或等于 3.0', en: 'White cells 2.9: rest' };
    expect(briefly(sentence, {})).toEqual(sentence);
    expect(briefly(sentence, { zh: '休息' })).toEqual(sentence);
  });
});
