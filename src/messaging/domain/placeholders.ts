import { type Audience, type Channel } from './message.js';

/** What a template may be filled with, and what such a value looks like: nothing else is let through. */
export const PLACEHOLDERS = {
  /** How somebody is addressed: `王女士`, `Ms Wang`. */
  salutation: /^[\p{L}\p{M}][\p{L}\p{M}·.' -]{0,39}$/u,
  /** The centre's name. */
  centre: /^[^\p{Cc}]{1,60}$/u,
  /** The number to ring back. */
  'centre-phone': /^\+?[\d][\d -]{4,24}$/,
  /** A task's short name: opens it in the workbench, and tells nothing to anybody else. */
  'task-ref': /^[A-Za-z0-9-]{4,36}$/,
  /** The class of a task. Never to the person: it would tell them, or whoever reads it, how grave it is. */
  class: /^(?:A|B|C|important|重要)$/,
  /** An instant in the centre's time. */
  'due-time': /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/,
  /** In which capacity somebody is asked. */
  role: /^[\p{L} -]{1,30}$/u,
  /** What is not as it should be with the service itself: nothing of anybody. */
  alarm: /^[^\p{Cc}]{1,120}$/u,
  /** How the day went, in numbers: nothing of anybody. */
  figures: /^[^\p{Cc}]{1,300}$/u,
  /** The sentence of a finding: what was found in whom, value and limit. */
  finding: /^[^\p{Cc}]{1,400}$/u,
} as const satisfies Record<string, RegExp>;
export type Placeholder = keyof typeof PLACEHOLDERS;

const TO_PERSON = ['salutation', 'centre', 'centre-phone'] as const satisfies Placeholder[];
const TO_STAFF = [
  'centre',
  'task-ref',
  'class',
  'due-time',
  'role',
  'alarm',
  'figures',
] as const satisfies Placeholder[];

/**
 * What each channel may carry, and to whom. SMS and e-mail lie open on lock screens and with carriers, so that no
 * result passes by them; a finding leaves by the signed webhook alone, to the hospital's own system, for staff.
 */
export const ALLOWED: Readonly<
  Record<Exclude<Channel, 'log'>, Readonly<Record<Audience, readonly Placeholder[]>>>
> = {
  sms: { person: TO_PERSON, family: TO_PERSON, staff: TO_STAFF },
  email: { person: TO_PERSON, family: TO_PERSON, staff: TO_STAFF },
  webhook: { person: TO_PERSON, family: TO_PERSON, staff: [...TO_STAFF, 'finding'] },
};

/** Words that tell a result or a diagnosis, where a template itself should hold them. */
const TELLING =
  /癌|瘤|恶性|占位|结节|阳性|阴性|偏高|偏低|升高|降低|增高|减少|梗死|梗塞|衰竭|白血病|糖尿病|高血压|肝炎|梅毒|艾滋|结核|HIV|cancer|tumou?r|malignan|nodule|positive|negative|leuka?emia|diabet|hypertens|hepatitis|syphilis|tubercul|infarct|failure|elevated|危急值|血糖|血压|血红蛋白|肌酐|glucose|creatinine|ha?emoglobin|mmol|μmol|mg\/|g\/L|\d\s*[×x*]\s*10/i;

/** The words of a text that would tell a result or a diagnosis; null when there are none. */
export function tellingWords(text: string): string | null {
  return TELLING.exec(text.replace(/\{[^}]*\}/g, ''))?.[0] ?? null;
}

const HOLE = /\{([^{}]*)\}/g;

/** The names between braces, each with its place in the text. */
export function holesOf(text: string): { name: string; at: number }[] {
  return [...text.matchAll(HOLE)].map((match) => ({ name: match[1]!, at: match.index }));
}

/** A text with its holes filled; what a value holds is not looked through again. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(HOLE, (hole, name: string) => values[name] ?? hole);
}
