import { isUtf8 } from 'node:buffer';
import { parseJson } from '../fhir/domain/limits.js';
import { type Fault } from '../kernel/index.js';
import { breakOf } from '../server/json-break.js';

/** A parsed FHIR resource of which nothing is known but its type. */
export interface AnyResource {
  resourceType: string;
  [element: string]: unknown;
}

/** With the text as it came: what is kept, because parsing loses the last zeros of `1.50`. */
export type Parsed = { resource: AnyResource; text: string } | { fault: Fault };

/** Reads one JSON document: UTF-8, with or without a byte order mark. Faults never repeat what the text says. */
export function parseResource(bytes: Buffer): Parsed {
  if (!isUtf8(bytes)) return { fault: { code: 'unsupported-encoding', message: encodingMessage(bytes) } };
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const parsed = parseJson(text);
  if (!parsed.ok) return { fault: parsed.fault.code === 'invalid-json' ? notJson(text) : parsed.fault };
  const { value } = parsed;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const { resourceType } = value as Partial<AnyResource>;
    if (typeof resourceType === 'string') return { resource: value as AnyResource, text };
  }
  return {
    fault: { code: 'invalid-resource', message: '不是 FHIR 资源 / not a FHIR resource: no resourceType' },
  };
}

function encodingMessage(bytes: Buffer): string {
  const fix = '请转换为 UTF-8 / convert it to UTF-8';
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return `文件编码为 UTF-16,${fix}: iconv -f UTF-16 -t UTF-8`;
  }
  try {
    new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    return `文件编码不是 UTF-8,似为 GB18030 (GBK),${fix}: iconv -f GB18030 -t UTF-8`;
  } catch {
    return `文件编码不是 UTF-8,${fix}`;
  }
}

/** Line and column of the syntax error; the parser's own message quotes the text, which may be somebody's name. */
function notJson(text: string): Fault {
  const { line, column } = breakOf(text);
  const message = `不是合法的 JSON / not valid JSON (line ${line}, column ${column})`;
  return { code: 'invalid-json', message };
}
