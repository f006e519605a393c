import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '../config/index.js';
import { AppError, fileNotice } from '../kernel/index.js';
import { type Channel, type Language } from './domain/message.js';
import { MESSAGE_FILE_MESSAGES } from './domain/file-messages.js';
import { type MessageFile } from './domain/read-file.js';
import { readTemplates } from './domain/read-template.js';
import { readSendingPolicy, type SendingPolicy } from './domain/sending-policy.js';
import { type MessageTemplate } from './domain/template.js';

const POLICY = 'policy.yaml';
const TEMPLATES = 'templates';

/** The centre's messages, as their files say; read once, and with a fault in any of them the service does not start. */
@Injectable()
export class Templates {
  readonly policy: SendingPolicy;
  readonly #templates: ReadonlyMap<string, MessageTemplate>;

  /** @throws AppError `rules-refused` with file, line and column of every fault */
  constructor(@Inject(CONFIG) config: Config) {
    const { messagesDir } = config.messaging;
    this.policy = readSendingPolicy(fileOf(messagesDir, POLICY));
    const names = namesIn(messagesDir).filter((name) => /\.ya?ml$/.test(name));
    this.#templates = readTemplates(names.sort().map((name) => fileOf(messagesDir, `${TEMPLATES}/${name}`)));
  }

  /** Whether a file has this id: folders of before may lack one. */
  has(id: string): boolean {
    return this.#templates.has(id);
  }

  /** @throws AppError `internal` when no file has this id: whoever asks for it is wrong */
  named(id: string): MessageTemplate {
    const found = this.#templates.get(id);
    if (!found) throw new AppError('internal', `There is no message template ${id}.`);
    return found;
  }

  /**
   * The language that somebody who reads this one is written to in: Chinese where the centre has not set up the other, with
   * its own name in it, and with the gateway's name for the text where the Chinese one has such.
   */
  languageFor(id: string, channel: Exclude<Channel, 'log'>, wanted: Language | null): Language {
    if (wanted === null || wanted === 'zh') return 'zh';
    const said = this.named(id).texts[channel];
    const isNamed = this.policy.centre.name[wanted] !== '' || this.policy.centre.name.zh === '';
    const isKnown = said?.zh.code === undefined || said[wanted].code !== undefined;
    return said && isNamed && isKnown ? wanted : 'zh';
  }

  get all(): readonly MessageTemplate[] {
    return [...this.#templates.values()];
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(join(folder, TEMPLATES));
  } catch {
    throw missing(`${TEMPLATES}/`);
  }
}

function fileOf(folder: string, path: string): MessageFile {
  try {
    return { path, text: readFileSync(join(folder, path), 'utf8') };
  } catch {
    throw missing(path);
  }
}

function missing(path: string): AppError {
  const kind = 'messages-not-there';
  const notice = fileNotice(path, null, kind, MESSAGE_FILE_MESSAGES[kind], { found: path });
  return new AppError([{ code: 'rules-refused', ...notice }]);
}
