import { blockedUntil, oneMore } from './back-off.js';
import { loginName } from './login-name.js';
import { codeAt, enrolmentAddress, secretFrom, stepOfCode } from './one-time-code.js';
import { passwordFault } from './password-rule.js';
import { isAlive, isWorthNoting } from './session-life.js';

const at = (text: string) => new Date(`2026-03-02T${text}Z`);
const NOON = at('12:00:00');
const later = (seconds: number) => new Date(NOON.getTime() + seconds * 1000);

describe('a sign-in name', () => {
  it.each([
    ['ljg', 'ljg'],
    [' LJG ', 'ljg'],
    ['Ｌｊｇ１', 'ljg1'],
    ['王秀兰', '王秀兰'],
    ['wang.xiu-lan_2', 'wang.xiu-lan_2'],
  ])('%j is %j', (typed, name) => {
    expect(loginName(typed)).toBe(name);
  });

  it.each(['', ' ', '.x', 'a b', 'a@b', "a'--", 'x'.repeat(65), 'x'.repeat(10_000)])(
    '%j is none',
    (typed) => {
      expect(loginName(typed)).toBeNull();
    },
  );
});

describe('a password', () => {
  it.each([
    ['correct horse battery', null],
    ['一二三四五六七八九十', null],
    ['kurz', 'too-short'],
    ['x'.repeat(129), 'too-long'],
    ['aaaaaaaaaabb', 'too-simple'],
    ['1234567890', 'too-simple'],
    ['0987654321x', 'too-simple'],
    ['qwertyuiop!', 'too-simple'],
    ['nurse-LJG-2026', 'holds-name'],
  ])('%j: %s', (password, fault) => {
    expect(passwordFault(password, 'ljg')).toBe(fault);
  });
});

describe('attempts to sign in', () => {
  it('are free four times, then wait twice as long each time, a quarter of an hour at most', () => {
    const waits = Array.from({ length: 14 }, (_, i) => {
      const until = blockedUntil({ count: i + 1, lastAt: NOON }, NOON);
      return until ? (until.getTime() - NOON.getTime()) / 1000 : 0;
    });
    expect(waits).toEqual([0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900, 900, 900]);
  });

  it('may be made again when the wait is over', () => {
    const attempts = { count: 5, lastAt: NOON };
    expect(blockedUntil(attempts, later(29))).toEqual(later(30));
    expect(blockedUntil(attempts, later(30))).toBeNull();
  });

  it('add up, and are forgotten after a day', () => {
    const before = { count: 7, lastAt: NOON };
    expect(oneMore(before, later(3600)).count).toBe(8);
    expect(oneMore(before, later(86_400)).count).toBe(1);
    expect(oneMore(null, NOON)).toEqual({ count: 1, lastAt: NOON });
  });
});

describe('a session', () => {
  const session = { lastSeenAt: NOON, expiresAt: later(12 * 3600), endedAt: null };

  it.each([
    ['at once', session, 0, true],
    ['after 29 minutes of nobody', session, 29 * 60, true],
    ['after 30 minutes of nobody', session, 30 * 60, false],
    ['at the end of its time', { ...session, lastSeenAt: later(12 * 3600 - 1) }, 12 * 3600, false],
    ['that was ended', { ...session, endedAt: NOON }, 0, false],
  ])('%s', (_what, times, seconds, expected) => {
    expect(isAlive(times, later(seconds))).toBe(expected);
  });

  it('is written to once a minute', () => {
    expect(isWorthNoting(session, later(59))).toBe(false);
    expect(isWorthNoting(session, later(60))).toBe(true);
  });
});

describe('one-time codes', () => {
  // RFC 6238, appendix B (SHA-1), the last six of eight digits.
  const secret = secretFrom(Buffer.from('12345678901234567890'));
  it.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
  ])('at %i s is %s', (seconds, code) => {
    const now = new Date(seconds * 1000);
    expect(codeAt(secret, now)).toBe(code);
    expect(stepOfCode(secret, code, now, null)).toBe(Math.floor(seconds / 30));
  });

  it('are taken a step early or late, and with the spaces that telephones show', () => {
    const code = codeAt(secret, NOON);
    for (const seconds of [-30, 0, 30]) expect(stepOfCode(secret, code, later(seconds), null)).not.toBeNull();
    for (const seconds of [-90, 90]) expect(stepOfCode(secret, code, later(seconds), null)).toBeNull();
    expect(stepOfCode(secret, `${code.slice(0, 3)} ${code.slice(3)}`, NOON, null)).not.toBeNull();
  });

  it('are taken once', () => {
    const code = codeAt(secret, NOON);
    const step = stepOfCode(secret, code, NOON, null);
    expect(stepOfCode(secret, code, NOON, step)).toBeNull();
    expect(stepOfCode(secret, codeAt(secret, later(30)), later(30), step)).toBe(step! + 1);
  });

  it.each(['', '12345', '1234567', 'abcdef', '000000x'])('%j is none', (code) => {
    expect(stepOfCode(secret, code, NOON, null)).toBeNull();
  });

  it('are set up by an address that authenticators read', () => {
    expect(enrolmentAddress(secret, '王秀兰')).toBe(
      `otpauth://totp/Firstcall:%E7%8E%8B%E7%A7%80%E5%85%B0?issuer=Firstcall&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
    );
  });
});
