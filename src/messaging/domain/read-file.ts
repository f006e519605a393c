import { type ErrorObject, type ValidateFunction } from 'ajv';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { AppError, type FileFault, fileNotice, nearest, type Told } from '../../kernel/index.js';
import { MESSAGE_FILE_MESSAGES, type MessageFileFault } from './file-messages.js';

export interface MessageFile {
  /** What its faults are reported under. */
  path: string;
  text: string;
}

/** A file as it was read, and how to speak of a place in it. */
export interface ReadFile<Shape> {
  value: Shape;
  /** A fault at an element; `within` counts letters from the beginning of its text. */
  fault: (way: readonly string[], kind: MessageFileFault, told: Told, within?: number) => FileFault;
}

/**
 * Reads one YAML file of the folder of messages.
 * @throws AppError `rules-refused` with file, line and column of every fault
 */
export function readFile<Shape>(
  { path, text }: MessageFile,
  validate: ValidateFunction<Shape>,
): ReadFile<Shape> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const at = (offset: number, kind: MessageFileFault, told: Told): FileFault => {
    const { line, col: column } = lines.linePos(offset);
    const notice = fileNotice(path, { line, column }, kind, MESSAGE_FILE_MESSAGES[kind], told);
    return { code: 'rules-refused', ...notice };
  };
  const fault: ReadFile<Shape>['fault'] = (way, kind, told, within) =>
    at(offsetOf(document, text, way, within), kind, told);
  const broken = document.errors.map(({ message, pos }) =>
    at(pos[0], 'messages-not-yaml', { problem: message.split('\n')[0] }),
  );
  if (broken.length > 0) throw new AppError(broken);
  const value: unknown = document.toJS();
  if (!validate(value)) throw new AppError((validate.errors ?? []).map((error) => shapeFault(error, fault)));
  return { value, fault };
}

function shapeFault(
  { instancePath, keyword, params, data, parentSchema }: ErrorObject,
  fault: ReadFile<unknown>['fault'],
): FileFault {
  const way = instancePath.split('/').slice(1);
  const member = memberAt(way);
  if (keyword === 'required') {
    const { missingProperty: key } = params as { missingProperty: string };
    return fault(way, 'messages-missing', { member, key });
  }
  if (keyword === 'additionalProperties') {
    const { additionalProperty: found } = params as { additionalProperty: string };
    const known = Object.keys((parentSchema?.['properties'] ?? {}) as object);
    return fault([...way, found], 'messages-unknown-key', { member, found, nearest: nearest(found, known) });
  }
  const expected = Object.entries(params as object).map(([name, wanted]) => `${name} ${String(wanted)}`);
  const found = typeof data === 'object' ? '{…}' : JSON.stringify(data).slice(0, 80);
  return fault(way, 'messages-wrong', { member, found, expected: expected.join(', ') });
}

function memberAt(way: readonly string[]): { zh: string; en: string } {
  const name = way.join('.');
  return name === '' ? { zh: '文件', en: 'The file' } : { zh: name, en: name };
}

/** Where an element stands; a place within a text on one line is found to the letter, in a block to its line. */
function offsetOf(document: Document, text: string, way: readonly string[], within?: number): number {
  const parent = document.getIn(way.slice(0, -1), true);
  const key =
    isMap(parent) && parent.items.find((pair) => isNode(pair.key) && pair.key.toString() === way.at(-1));
  const node = document.getIn(way, true);
  if (isScalar(node) && typeof node.value === 'string' && within !== undefined) {
    const piece = node.value.slice(within).split('\n')[0]!.slice(0, 12);
    const start = node.range?.[0] ?? 0;
    const found = text.indexOf(piece, start);
    if (found >= 0) return found;
  }
  const place = key && within === undefined ? key.key : node;
  return (isNode(place) ? place.range?.[0] : undefined) ?? 0;
}
