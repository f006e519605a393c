import { Remembered } from './remembered.js';

it('makes what is remembered once, and forgets what was asked for longest ago', () => {
  const remembered = new Remembered<number>(6);
  const made: string[] = [];
  const of = (text: string): number => remembered.of(text, () => made.push(text));
  expect([of('aa'), of('bb'), of('aa'), of('cc'), of('aa')]).toEqual([1, 2, 1, 3, 1]);
  of('dd');
  of('bb');
  expect(made).toEqual(['aa', 'bb', 'cc', 'dd', 'bb']);
});

it('counts a text once however often it is kept, and keeps none that is too long', () => {
  const remembered = new Remembered<number>(4);
  for (const value of [1, 2, 3]) remembered.keep('aa', value);
  remembered.keep('bb', 4);
  expect([remembered.get('aa'), remembered.get('bb')]).toEqual([3, 4]);
  remembered.keep('ccccc', 5);
  expect(remembered.get('ccccc')).toBeUndefined();
});

it('remembers nothing of what failed', () => {
  const remembered = new Remembered<number>(10);
  expect(() =>
    remembered.of('a', () => {
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(remembered.of('a', () => 1)).toBe(1);
});
