import { fastingInName } from './fasting.js';

describe('what a local name says of the meal', () => {
  it.each([
    [
      'fasting',
      [
        '空腹血糖',
        '血糖(空腹)',
        '葡萄糖（空腹）',
        'FPG',
        'FBG',
        'Fasting glucose [Mass/volume]',
        '空腹GLU',
        'OGTT空腹',
        'OGTT 0min',
        '糖耐量0分钟',
        'FBS',
      ],
    ],
    [
      'two-hours',
      [
        '餐后2小时血糖',
        '餐后2h血糖',
        '餐后两小时血糖',
        '餐后血糖',
        '餐后2 h',
        '餐後2小時血糖',
        'OGTT 2h',
        'OGTT120min',
        '糖耐量2小时',
        '2hPG',
        'Glucose --2 hours post meal',
        '餐后120分钟血糖',
        '饭后2小时',
        'P2hBG',
        'PBG',
      ],
    ],
    ['other-time', ['餐后1小时血糖', 'OGTT 1h', 'OGTT30min', '餐后半小时血糖', '糖耐量3小时', '餐后3h']],
    ['random', ['随机血糖', '非空腹血糖', 'Random glucose', 'non-fasting glucose', '隨機血糖']],
    [
      null,
      ['血糖', 'GLU', '葡萄糖', 'Glucose [Moles/volume] in Serum or Plasma', 'OGTT', '口服糖耐量试验', ''],
    ],
  ] as const)('%s', (state, names) => {
    expect(names.map((name) => [name, fastingInName(name)])).toEqual(names.map((name) => [name, state]));
  });
});
