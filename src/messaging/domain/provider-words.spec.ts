import { codeIn, isPlainName } from './provider-words.js';

it.each(['550', 'UNDELIV', 'MK:0001', 'SGIP:-37', 'isv.AMOUNT_NOT_ENOUGH', 'ERR.12345'])('%s is a code', (code) => {
  expect(codeIn(code)).toBe(code);
}); // prettier-ignore

it.each(['13800004471', 'to 王女士', 'isv.MOBILE_13800004471', 'a b', 'x'.repeat(65), ''])(
  '“%s” is none',
  (said) => {
    expect(codeIn(said)).toBeNull();
  },
);

it.each([
  ['900619746936498440^0', true],
  ['<019cae52-0000-7000-8000-000000000000@example.cn>', true],
  ['biz-1', true],
  ['13800004471', false],
  ['8613800004471^0', false],
  ['sms/13800004471', false],
  ['110105198603143828', false],
  ['王女士', false],
  ['two words', false],
])('%s may be kept as a name: %j', (name, expected) => {
  expect(isPlainName(name)).toBe(expected);
});
