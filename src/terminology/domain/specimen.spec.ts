import { specimenKind } from './specimen.js';

describe('what was sampled', () => {
  it.each([
    [{ text: '尿液' }, 'urine'],
    [{ coding: [{ code: 'UR' }] }, 'urine'],
    [{ coding: [{ display: 'Urine specimen (specimen)', code: '122575003' }] }, 'urine'],
    [{ text: '粪便' }, 'stool'],
    [{ text: '静脉血' }, 'blood'],
    [{ coding: [{ code: 'SER' }] }, 'blood'],
    [{ text: '白带' }, 'other'],
    [{ coding: [{ code: '119297000' }] }, null],
    [undefined, null],
    [{}, null],
  ])('%j is %s', (type, kind) => {
    expect(specimenKind(type)).toBe(kind);
  });
});
