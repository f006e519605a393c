import { type Fault } from '../../kernel/index.js';

/** Largest body after unpacking, in bytes. */
export const MOST_BYTES = 32 * 1024 * 1024;
/** Most entries of one Bundle. */
export const MOST_ENTRIES = 10_000;
/** Deepest nesting of objects and lists. */
export const MOST_LEVELS = 64;
export const TOO_DEEP = `objects and lists may be nested ${MOST_LEVELS} deep, not deeper`;

/**
 * Characters that parse in a tenth of a second and 50 MB whatever their nesting (measured; 32 MB of brackets took seven
 * seconds). Scanning an ordinary message for its depth would cost a quarter of its parsing.
 */
const SHORT_TEXT = 256 * 1024;

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [34, 92, 91, 93, 123, 125];

/**
 * How deeply objects and lists are nested in a JSON text; counting stops beyond `enough`.
 * Malformed text is left to the parser; any text gives a number.
 */
export function depthOf(json: string, enough = Infinity): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < json.length; at++) {
    switch (json.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(json, at + 1);
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        if (++depth > deepest) deepest = depth;
        if (deepest > enough) return deepest;
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        depth--;
    }
  }
  return deepest;
}

/** Index of the quote that ends a string, or the end of the text. */
function endOfString(json: string, start: number): number {
  let at = start;
  for (let code = json.charCodeAt(at); at < json.length && code !== QUOTE; code = json.charCodeAt(at)) {
    at += code === BACKSLASH ? 2 : 1;
  }
  return at;
}

/** Null when the text is no deeper than allowed. */
export function checkDepth(json: string): Fault | null {
  return depthOf(json, MOST_LEVELS) <= MOST_LEVELS ? null : { code: 'too-deep', message: TOO_DEEP };
}

/** Whether a parsed value holds objects or lists nested deeper than this many levels. Iterative: any depth is safe. */
export function isDeeperThan(levels: number, value: unknown): boolean {
  const waiting: [value: unknown, level: number][] = [[value, 1]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [container, level] = next;
    if (typeof container !== 'object' || container === null) continue;
    if (level > levels) return true;
    for (const inner of Object.values(container)) waiting.push([inner, level + 1]);
  }
  return false;
}

export type ParsedJson = { ok: true; value: unknown } | { ok: false; fault: Fault };

/**
 * Parses a body. The parser's own message is not passed on: it quotes the text. `__proto__` as a key is refused: copied
 * carelessly it would change an object's prototype.
 *
 * The depth of a long text is checked here, before it is parsed; that of a short one by validation, which counts levels
 * as it goes: so validate before anything else walks the value.
 */
export function parseJson(json: string): ParsedJson {
  const tooDeep = json.length > SHORT_TEXT ? checkDepth(json) : null;
  if (tooDeep) return { ok: false, fault: tooDeep };
  try {
    const value: unknown = JSON.parse(json);
    const path = MAY_NAME_PROTO.test(json) ? pathOfProto(value) : null;
    if (path === null) return { ok: true, value };
    return {
      ok: false,
      fault: { code: 'invalid-resource', message: 'an element must not be called __proto__', path },
    };
  } catch {
    return { ok: false, fault: { code: 'invalid-json', message: 'the body is not JSON' } };
  }
}

/** The word itself, or an escaped underscore or small letter that could spell it. */
const MAY_NAME_PROTO = /__proto__|\\u00[567]/;

/** FHIRPath of the object that has a key `__proto__`, or null. */
function pathOfProto(root: unknown): string | null {
  const waiting: [value: unknown, path: string][] = [[root, nameOf(root)]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [value, path] = next;
    if (typeof value !== 'object' || value === null) continue;
    if (Object.hasOwn(value, '__proto__')) return path;
    for (const [key, inner] of Object.entries(value)) {
      waiting.push([inner, Array.isArray(value) ? `${path}[${key}]` : `${path}.${echoName(key)}`]);
    }
  }
  return null;
}

function nameOf(root: unknown): string {
  const type = (root as { resourceType?: unknown } | null)?.resourceType;
  return typeof type === 'string' ? echoName(type) : 'Resource';
}

/** Element names may be repeated; a key that is none may be anything. */
function echoName(key: string): string {
  return /^[A-Za-z_]\w{0,39}$/.test(key) ? key : '*';
}
