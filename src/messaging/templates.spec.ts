import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config } from '../config/index.js';
import { messagesFolder } from '../../test/support/messaging.js';
import { Templates } from './templates.js';

function templates(policy: (text: string) => string, template: (text: string) => string): Templates {
  const messagesDir = messagesFolder(policy);
  const path = join(messagesDir, 'templates/please-ring.yaml');
  writeFileSync(path, template(readFileSync(path, 'utf8')));
  return new Templates({ messaging: { messagesDir } } as Config);
}
const as = (text: string): string => text;
const without = (text: string): string => text.replace('en: Example Centre', "en: ''");
/** The gateway knows the Chinese text alone. */
const coded = (text: string): string =>
  text.replace(/(zh:\s*\{\s*text: '[^']*')/, (one) => `${one}, code: SMS_1`);

describe('the language of a message', () => {
  it.each<[string, typeof as, typeof as, 'zh' | 'en' | null, 'zh' | 'en']>([
    ['is that of whoever reads it', as, as, 'en', 'en'],
    ['is Chinese where nothing is known', as, as, null, 'zh'],
    ['is Chinese where that is read', as, as, 'zh', 'zh'],
    ['is Chinese while the centre has no English name', without, as, 'en', 'zh'],
    ['is Chinese while the gateway knows no English text', as, coded, 'en', 'zh'],
  ])('%s', (_, policy, template, wanted, expected) => {
    expect(templates(policy, template).languageFor('please-ring', 'sms', wanted)).toBe(expected);
  });

  it('by e-mail asks no gateway', () => {
    expect(templates(as, coded).languageFor('please-ring', 'email', 'en')).toBe('en');
  });
});
