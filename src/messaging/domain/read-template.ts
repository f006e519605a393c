import { createHash } from 'node:crypto';
import { Ajv } from 'ajv';
import { AppError, type FileFault, oneOf } from '../../kernel/index.js';
import { type Audience, AUDIENCES, LANGUAGES } from './message.js';
import { ALLOWED, holesOf, PLACEHOLDERS, tellingWords } from './placeholders.js';
import { type MessageFile, readFile, type ReadFile } from './read-file.js';
import { type MessageTemplate, type TemplateText } from './template.js';

/** Longest text of the large SMS providers, signature included: https://help.aliyun.com/zh/sms (500 characters). */
const LONGEST_SMS = 500;
const LONGEST_MAIL = 5000;
const ID = '^[a-z][a-z0-9-]{1,63}$';

const text = (longest: number): object => ({ type: 'string', minLength: 1, maxLength: longest });
const inBoth = (properties: Record<string, object>, ...required: string[]): object => {
  const said = { type: 'object', additionalProperties: false, required, properties };
  const languages = Object.fromEntries(LANGUAGES.map((language) => [language, said]));
  return { type: 'object', additionalProperties: false, required: [...LANGUAGES], properties: languages };
};

interface TemplateFile extends Pick<MessageTemplate, 'id' | 'version' | 'audience' | 'title'> {
  sms?: Record<'zh' | 'en', TemplateText>;
  email?: Record<'zh' | 'en', TemplateText>;
  webhook?: Record<'zh' | 'en', TemplateText>;
}

const validate = new Ajv({ allErrors: true, verbose: true }).compile<TemplateFile>({
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'id', 'version', 'audience', 'title'],
  properties: {
    kind: { const: 'message-template' },
    id: { type: 'string', pattern: ID },
    version: { type: 'integer', minimum: 1, maximum: 9999 },
    audience: { enum: [...AUDIENCES] },
    title: text(80),
    sms: inBoth({ text: text(LONGEST_SMS), code: { type: 'string', pattern: '^[\\w-]{1,64}$' } }, 'text'),
    email: inBoth({ subject: text(120), text: text(LONGEST_MAIL) }, 'subject', 'text'),
    webhook: inBoth({ text: text(LONGEST_MAIL) }, 'text'),
  },
});

const BY = ['sms', 'email', 'webhook'] as const;
const CALLED: Record<Audience, { zh: string; en: string }> = {
  person: { zh: '本人', en: 'a person' },
  family: { zh: '家属', en: 'family' },
  staff: { zh: '工作人员', en: 'staff' },
};

/**
 * Reads a template.
 * @throws AppError `rules-refused` with the line of everything that it may not say, by its channel and to its audience
 */
export function readTemplate(file: MessageFile): MessageTemplate {
  const read = readFile(file, validate);
  const { id, version, audience, title } = read.value;
  const faults = BY.flatMap((channel) =>
    LANGUAGES.flatMap((language) => {
      const said = read.value[channel]?.[language];
      if (!said) return [];
      return (['subject', 'text'] as const).flatMap((part) =>
        said[part] === undefined ? [] : faultsOf(read, [channel, language, part], said[part], audience),
      );
    }),
  );
  if (faults.length > 0) throw new AppError(faults);
  const hash = createHash('sha256').update(file.text).digest('hex').slice(0, 8);
  const texts = Object.fromEntries(BY.flatMap((by) => (read.value[by] ? [[by, read.value[by]]] : [])));
  return { id, version, revision: `${version}.${hash}`, audience, title, texts };
}

function faultsOf(
  { fault }: ReadFile<TemplateFile>,
  way: readonly [(typeof BY)[number], string, string],
  said: string,
  audience: Audience,
): FileFault[] {
  const [channel] = way;
  const allowed: readonly string[] = ALLOWED[channel][audience];
  const faults = holesOf(said).flatMap(({ name, at }): FileFault[] => {
    if (allowed.includes(name)) return [];
    if (!Object.hasOwn(PLACEHOLDERS, name)) {
      return [fault(way, 'messages-unknown-placeholder', { ...oneOf(name, allowed) }, at)];
    }
    const told = { found: name, channel, audience: CALLED[audience] };
    return [fault(way, 'messages-forbidden-placeholder', { ...told, expected: allowed }, at)];
  });
  const telling = channel === 'webhook' && audience === 'staff' ? null : tellingWords(said);
  if (telling !== null) {
    faults.push(fault(way, 'messages-tells-result', { found: telling }, said.indexOf(telling)));
  }
  return faults;
}

/** Reads the templates of a folder, and refuses two of one name. */
export function readTemplates(files: readonly MessageFile[]): Map<string, MessageTemplate> {
  const templates = new Map<string, MessageTemplate>();
  const faults: FileFault[] = [];
  for (const file of files) {
    try {
      const template = readTemplate(file);
      if (templates.has(template.id)) {
        const { fault } = readFile(file, validate);
        faults.push(fault(['id'], 'messages-doubled', { found: template.id }));
      } else templates.set(template.id, template);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      faults.push(...(error.faults as FileFault[]));
    }
  }
  if (faults.length > 0) throw new AppError(faults);
  return templates;
}
