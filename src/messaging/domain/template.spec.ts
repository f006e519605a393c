import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { type AppError } from '../../kernel/index.js';
import { AUDIENCES, CHANNELS, LANGUAGES } from './message.js';
import { ALLOWED, holesOf, PLACEHOLDERS, tellingWords } from './placeholders.js';
import { readTemplate, readTemplates } from './read-template.js';
import { readSendingPolicy } from './sending-policy.js';
import { render, salutation } from './template.js';

const SHIPPED = resolve(import.meta.dirname, '../../../messages');
const shipped = readdirSync(`${SHIPPED}/templates`).map((name) => ({
  path: `templates/${name}`,
  text: readFileSync(`${SHIPPED}/templates/${name}`, 'utf8'),
}));

/** A template whose SMS and e-mail say this, in its seventh line. */
function saying(text: string, audience = 'person', channel = 'sms'): string {
  const said = channel === 'email' ? 'subject: S, text' : 'text';
  return [
    'kind: message-template',
    'id: test',
    'version: 2',
    `audience: ${audience}`,
    'title: T',
    `${channel}:`,
    `  zh: { ${said}: "${text}" }`,
    `  en: { ${said}: ok }`,
    '',
  ].join('\n');
}

function faultsOf(text: string): { kind: string; path: string; message: string }[] {
  try {
    readTemplate({ path: 'templates/test.yaml', text });
    return [];
  } catch (error) {
    return (error as AppError).faults as never;
  }
}

describe('a message template', () => {
  it.each<[string, string, string, string]>([
    ['an unknown placeholder', saying('请{phone}'), 'messages-unknown-placeholder', '7:17'],
    ['a misspelt placeholder', saying('{centre-fone}'), 'messages-unknown-placeholder', '7:16'],
    ['a finding by SMS', saying('您的{finding}', 'staff'), 'messages-forbidden-placeholder', '7:18'],
    ['a finding by e-mail', saying('{finding}', 'staff', 'email'), 'messages-forbidden-placeholder', '7:28'],
    ['a finding to a person by webhook', saying('{finding}', 'person', 'webhook'), 'messages-forbidden-placeholder', '7:16'],
    ['how grave it is, to a person', saying('{class}'), 'messages-forbidden-placeholder', '7:16'],
    ['a result in its own words', saying('您的血糖偏高'), 'messages-tells-result', '7:18'],
    ['a diagnosis in English', saying('suspected Tumour'), 'messages-tells-result', '7:26'],
    ['another kind', saying('ok').replace('message-template', 'critical'), 'messages-wrong', '1:1'],
    ['one language alone', saying('ok').replace(/ {2}en.*\n/, ''), 'messages-missing', '6:1'],
    ['a key nobody reads', `${saying('ok')}sender: x\n`, 'messages-unknown-key', '9:1'],
    ['broken YAML', saying('ok').replace('zh: {', 'zh: [{'), 'messages-not-yaml', ''],
  ])('with %s is refused with its place', (_, text, kind, place) => {
    const [fault] = faultsOf(text);
    expect(fault).toMatchObject({ kind, path: expect.stringContaining(`templates/test.yaml:${place}`) as string });
    expect(fault!.message).toMatch(/[\u4e00-\u9fff].*[a-z]/s);
  }); // prettier-ignore

  it('says which placeholder was meant', () => {
    expect(faultsOf(saying('{centre-fone}'))[0]!.message).toContain('"centre-phone"');
  });

  it('of one id stands in one file', () => {
    const file = { path: 'templates/a.yaml', text: saying('ok') };
    expect(() => readTemplates([file, { ...file, path: 'templates/b.yaml' }])).toThrow(/id/);
  });

  it('is another revision with every change of its file', () => {
    const one = readTemplate({ path: 'a', text: saying('ok') }).revision;
    expect(one).toMatch(/^2\.[0-9a-f]{8}$/);
    expect(readTemplate({ path: 'a', text: saying('ok.') }).revision).not.toBe(one);
  });
});

describe('what may be said', () => {
  it('by SMS or e-mail, or to a person, holds no result: the placeholders are a closed list', () => {
    const harmless = [
      'salutation',
      'centre',
      'centre-phone',
      'task-ref',
      'class',
      'due-time',
      'role',
      'alarm',
      'figures',
    ];
    for (const channel of ['sms', 'email'] as const) {
      for (const audience of AUDIENCES) {
        expect(harmless).toEqual(expect.arrayContaining([...ALLOWED[channel][audience]]));
      }
    }
    expect(ALLOWED.webhook.person).not.toContain('finding');
    expect(Object.keys(PLACEHOLDERS).sort()).toEqual([...harmless, 'finding'].sort());
  });

  it('by SMS is never a value or a finding, whatever a caller gives', () => {
    const templates = [...readTemplates(shipped).values()];
    const values = fc.dictionary(fc.constantFrom(...Object.keys(PLACEHOLDERS)), fc.string());
    const telling = '血红蛋白 65 g/L，低于或等于 90';
    fc.assert(
      fc.property(values, fc.constantFrom(...templates), fc.constantFrom(...LANGUAGES), (given, template, language) => {
        const rendered = render(template, 'sms', language, { ...given, finding: telling, value: '65', salutation: telling, role: telling, 'task-ref': telling });
        if ('because' in rendered) return;
        expect(rendered.content.text).not.toContain('65');
        expect(JSON.stringify(rendered.content.values)).not.toContain('65');
      }),
    ); // prettier-ignore
  });

  it.each(['【待办】A类通知任务', '请尽快致电', 'please ring us', '有重要结果，请登录工作台'])(
    '%s',
    (text) => {
      expect(tellingWords(text)).toBeNull();
    },
  );
});

describe('the shipped messages', () => {
  const templates = [...readTemplates(shipped).values()];
  const values = {
    salutation: '王女士',
    centre: '示例体检中心',
    'centre-phone': '010-12345678',
    'task-ref': '019cae52',
    alarm: '到时的消息没有发出',
    figures: '通知 12，已告知 10',
    class: 'A',
    'due-time': '2026-03-02 12:00',
    role: '值班医生',
    finding: '血红蛋白 65 g/L，低于或等于 90',
  };

  it.each(
    templates.flatMap((template) =>
      CHANNELS.flatMap((channel) => LANGUAGES.map((language) => [template.id, channel, language, template] as const)),
    ),
  )('%s by %s in %s is whole', (_, channel, language, template) => {
    const rendered = render(template, channel, language, values);
    expect(rendered).toHaveProperty('content');
    if (!('content' in rendered)) return;
    expect(holesOf(`${rendered.content.subject}${rendered.content.text}`)).toEqual([]);
    if (channel === 'sms') expect(rendered.content.text.length).toBeLessThanOrEqual(200);
  }); // prettier-ignore

  it('are not sent with a gap', () => {
    const template = templates.find(({ id }) => id === 'task-waits');
    expect(render(template!, 'sms', 'zh', {})).toEqual({ because: 'missing-value' });
    expect(render(template!, 'sms', 'zh', { ...values, 'task-ref': 'a\nb', centre: 'a\r\nBcc: x' })).toEqual({
      because: 'bad-content',
    });
  });

  it('have a policy that can be read, and class A is given up within its two hours', () => {
    const text = readFileSync(`${SHIPPED}/policy.yaml`, 'utf8');
    const policy = readSendingPolicy({ path: 'policy.yaml', text });
    expect(policy.retry_seconds.A.reduce((sum, pause) => sum + pause, 0)).toBeLessThan(2 * 3600);
    const broken = text.replace('batch: 100', 'batch: 0');
    expect(() => readSendingPolicy({ path: 'policy.yaml', text: broken })).toThrow(/batch/);
  });
});

describe('how somebody is addressed', () => {
  it.each<[string | null, 'male' | 'female' | null, 'zh' | 'en', string]>([
    ['王小明', 'male', 'zh', '王先生'],
    ['欧阳娜娜', 'female', 'zh', '欧阳女士'],
    ['李雷', null, 'zh', '李客户'],
    [null, null, 'zh', '客户'],
    ['Anna Smith', 'female', 'en', 'Ms Smith'],
    ['王小明', 'male', 'en', 'Mr 王'],
    ['13800000000', 'male', 'zh', '先生'],
    [null, null, 'en', 'Sir or Madam'],
  ])('%s (%s) in %s: %s', (name, sex, language, expected) => {
    expect(salutation({ name, sex }, language)).toBe(expected);
    expect(expected).toMatch(PLACEHOLDERS.salutation);
  });
});
