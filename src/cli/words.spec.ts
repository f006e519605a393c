import { dueInWords, personInWords } from './words.js';

const now = new Date('2026-03-02T02:00:00Z');
const after = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

describe('a due time in words', () => {
  it.each([
    [after(59), '03-02 10:59\n59 min 内 left'],
    [after(120), '03-02 12:00\n2 h 0 min 内 left'],
    [after(-75), '03-02 08:45\n已超时 1 h 15 min overdue'],
    [after(3 * 24 * 60), '03-05 10:00\n3 天 d 内 left'],
  ])('%j in Shanghai', (due, words) => {
    expect(dueInWords(due, now, 'Asia/Shanghai')).toBe(words);
  });
});

describe('a person in words', () => {
  it.each([
    [{ id: '1', name: '李晓梅', sex: 'female' as const, ageYears: 40 }, '李晓梅\n女 F 40 岁'],
    [{ id: '1', name: null, sex: null, ageYears: null }, '无姓名 no name'],
    [null, '受检者未知\nperson not known'],
  ])('%j', (person, words) => {
    expect(personInWords(person)).toBe(words);
  });
});
