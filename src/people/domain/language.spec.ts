import { languageOf } from './language.js';

const spoken = (code: string, preferred?: boolean): { language: fhir4.CodeableConcept; preferred?: boolean } => ({
  language: { coding: [{ system: 'urn:ietf:bcp:47', code }] },
  ...(preferred !== undefined && { preferred }),
}); // prettier-ignore

describe('the language that somebody is written to in', () => {
  it.each<[string, Parameters<typeof languageOf>[0], 'zh' | 'en' | null]>([
    ['nothing on record', undefined, null],
    ['nothing that says which', [{ language: {} }], null],
    ['Chinese', [spoken('zh-CN')], 'zh'],
    ['Cantonese', [spoken('yue')], 'zh'],
    ['Chinese in words', [{ language: { text: '普通话' } }], 'zh'],
    ['English', [spoken('en-GB')], 'en'],
    ['both', [spoken('en'), spoken('zh')], 'zh'],
    ['both, and English preferred', [spoken('zh'), spoken('en', true)], 'en'],
    ['neither', [spoken('ja')], 'en'],
    ['neither preferred, Chinese too', [spoken('ja', false), spoken('zh', false)], 'zh'],
  ])('%s', (_, record, expected) => {
    expect(languageOf(record)).toBe(expected);
  });
});
