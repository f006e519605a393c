import { groupBy } from './group-by.js';

test('groups and their members keep the order of the list', () => {
  const groups = groupBy(['b1', 'a1', 'b2', 'a2', 'c1'], (one) => one[0]!);
  expect([...groups]).toEqual([
    ['b', ['b1', 'b2']],
    ['a', ['a1', 'a2']],
    ['c', ['c1']],
  ]);
});

test('nothing makes no group', () => expect(groupBy([], String).size).toBe(0));
