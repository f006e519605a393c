/** What somebody has chosen on this browser; everything is on until it is switched off. */
const NAMES = { sound: 'firstcall.sound', letters: 'firstcall.letters' } as const;
export type Setting = keyof typeof NAMES;

export function isOn(setting: Setting): boolean {
  return localStorage.getItem(NAMES[setting]) !== 'off';
}

export function switchSetting(setting: Setting, on: boolean): void {
  if (on) localStorage.removeItem(NAMES[setting]);
  else localStorage.setItem(NAMES[setting], 'off');
}

const HINTS = 'firstcall.seen.';

/** A hint that somebody has put away on this browser. */
export function isSeen(hint: string): boolean {
  return localStorage.getItem(HINTS + hint) !== null;
}

export function putAway(hint: string): void {
  localStorage.setItem(HINTS + hint, '1');
}
