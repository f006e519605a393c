import { type Fault } from './errors.js';
import { type Filling, type Message, say, type Seen } from './message.js';
import { nearest } from './nearest.js';

/** What is to be said of a place in a file that people write: a fault, or only a warning. */
export interface FileNotice {
  /** Which message it is, e.g. `unknown-fact`. */
  kind: string;
  file: string;
  /** From 1, as editors count. */
  line: number;
  column: number;
  /** As it stands in the file, what may stand there instead, and the valid name that was most likely meant. */
  found: string | null;
  expected: string | null;
  nearest: string | null;
  zh: string;
  en: string;
  /** Both languages, Chinese first. */
  message: string;
  /** `file:line:column` */
  path: string;
}

export type FileFault = Fault & FileNotice;

/** Where something stands in a file: line and column from 1. */
export interface Place {
  line: number;
  column: number;
}

/** What a message is filled with: its holes, and as much of `Seen` as there is to tell. */
export type Told = Seen & Partial<Record<string, Filling | readonly string[] | null>>;

/** A notice with its parts; without a place for what concerns the file, or a folder, as a whole. */
export function fileNotice(
  file: string,
  at: Place | null,
  kind: string,
  message: Message,
  told: Told = {},
): FileNotice {
  const { found, expected, nearest, ...fillings } = told;
  const said = say(message, { found, expected, nearest }, fillings as Record<string, Filling>);
  const { line, column } = at ?? { line: 1, column: 1 };
  return {
    kind,
    file,
    line,
    column,
    found: found ?? null,
    expected: typeof expected === 'string' ? expected : (expected?.join(', ') ?? null),
    nearest: nearest ?? null,
    ...said,
    message: `${said.zh} ${said.en}`,
    path: at ? `${file}:${line}:${column}` : file,
  };
}

/** Longer lists are looked up rather than read in a message. */
const SHORT_LIST = 14;

/** A word that is none of the list: the nearest one, and the list itself when it is short. */
export function oneOf(found: string, words: readonly string[]): Seen & { found: string } {
  return { found, nearest: nearest(found, words), ...(words.length <= SHORT_LIST && { expected: words }) };
}
