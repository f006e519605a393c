import { nameInitials } from './name-initials.js';

describe('initials of a name', () => {
  it.each([
    ['李建国', 'ljg'],
    ['欧阳梓萱', 'oyzx'],
    ['阿卜杜热合曼·买买提', 'abdrhmmmt'],
    ['王𬀩', 'ww'],
    ['单雄信', 'sxx dxx'],
    ['曾国藩', 'zgf cgf'],
    ['尉迟恭', 'ycg wcg'],
    ['乐毅', 'yy ly'],
    ['翟晓', 'zx dx'],
    ['盖文', 'gw'],
    ['John O’Brien Smith', 'jos'],
    ['Émile Zola', 'ez'],
    ['ＬＩ明', 'lm'],
    ['', ''],
    ['123', ''],
  ])('%s: %s', (name, letters) => expect(nameInitials(name)).toBe(letters));

  it('has none without a name, and never more than fits its column', () => {
    expect(nameInitials(null)).toBe('');
    expect(nameInitials(`单${'国'.repeat(250)}`).length).toBeLessThanOrEqual(63);
  });

  it.each(
    [...'艾白曹邓鄂冯高何贾康刘马倪欧潘钱任孙唐王许杨朱'].map((sign, i) => [
      sign,
      'abcdefghjklmnopqrstwxyz'[i],
    ]),
  )('reads %s as %s', (sign, letter) => expect(nameInitials(sign)).toBe(letter));
});
