import { type Audience, type Channel, type Content, type Language } from './message.js';
import { type ErrorKind } from './next-step.js';
import { filled, holesOf, PLACEHOLDERS } from './placeholders.js';

export interface TemplateText {
  /** Of an e-mail. */
  subject?: string;
  text: string;
  /** The SMS gateway's own name for it, such as `SMS_471990001`. */
  code?: string;
}

/** What is said on one occasion, by channel and language. */
export interface MessageTemplate {
  id: string;
  /** Counted up by whoever changes it. */
  version: number;
  /** Version and hash of the file: `3.1f0c2a9b`. Two texts are never the same version, whatever was counted. */
  revision: string;
  audience: Audience;
  title: string;
  texts: Partial<Record<Exclude<Channel, 'log'>, Record<Language, TemplateText>>>;
}

export type Rendered = { content: Content } | { because: ErrorKind };

/** Puts a message together. What is missing, or is not what it should be, is a reason not to send, never a gap in a text. */
export function render(
  template: MessageTemplate,
  channel: Channel,
  language: Language,
  values: Readonly<Record<string, string>>,
): Rendered {
  if (channel === 'log') return { content: { subject: null, text: '', values: {}, code: null } };
  const said = template.texts[channel]?.[language];
  if (!said) return { because: 'bad-content' };
  const names = new Set(holesOf(`${said.subject ?? ''}${said.text}`).map(({ name }) => name));
  const used: Record<string, string> = {};
  for (const name of names) {
    const value = values[name];
    if (value === undefined || value === '') return { because: 'missing-value' };
    if (!PLACEHOLDERS[name as keyof typeof PLACEHOLDERS].test(value)) return { because: 'bad-content' };
    used[name] = value;
  }
  const subject = said.subject === undefined ? null : filled(said.subject, used);
  return { content: { subject, text: filled(said.text, used), values: used, code: said.code ?? null } };
}

/** How somebody is addressed: family name and title, never the whole name. */
export function salutation(
  { name, sex }: { name: string | null; sex: 'male' | 'female' | null },
  language: Language,
): string {
  const family = familyName(name ?? '');
  if (language === 'en') {
    if (family === '') return 'Sir or Madam';
    return `${sex === 'female' ? 'Ms' : sex === 'male' ? 'Mr' : 'Mr or Ms'} ${family}`;
  }
  return `${family}${sex === 'female' ? '女士' : sex === 'male' ? '先生' : '客户'}`;
}

const DOUBLE_NAMES = /^(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|夏侯|令狐|长孙|宇文|端木|南宫)/;

function familyName(name: string): string {
  const plain = name.trim();
  if (/^\p{Script=Han}/u.test(plain)) return DOUBLE_NAMES.exec(plain)?.[0] ?? plain.slice(0, 1);
  return /^[\p{L}\p{M}' -]+$/u.test(plain) ? (plain.split(/\s+/).at(-1) ?? '') : '';
}
