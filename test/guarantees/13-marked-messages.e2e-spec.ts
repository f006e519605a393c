import { randomUUID } from 'node:crypto';
import { Logger, type LoggerService } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { potassium } from '../support/desk.js';
import { bundleOf, person } from '../support/messages.js';
import { MessagingApp } from '../support/messaging-app.js';
import { CLASS_A_AND_SENSITIVE, type OwnRules, ownRules } from '../support/own-rules.js';
import { type Behaviour } from '../support/receivers/http-receiver.js';
import { honestGateway } from '../support/receivers/sms-gateway.js';
import { ask, member, route, writeRota } from '../support/staff.js';

/** What belongs to one person, and what a member of staff typed. */
const MARKS = {
  name: '欧阳记号',
  phone: '13987650123',
  identity: '110105198603143828',
  street: '记号胡同七号',
  note: '记号备注',
};
const STAFF = 'urn:hospital:staff';
/** Of members of staff: to whom messages go, and nowhere else. */
const ADDRESSES = ['13900000071', '13900000072', '13900000073', 'sun-hook'];

const found = (text: string, marks: readonly string[] = Object.values(MARKS)): string[] =>
  marks.filter((mark) => text.includes(mark));

/** Answers what a careless provider would: everything that it was told, and more. */
const careless = (status: number, more: object = {}): Behaviour => ({
  status,
  body: JSON.stringify({
    Code: 'isv.ECHO',
    Message: `${Object.values(MARKS).join(' ')} ${ADDRESSES.join(' ')}`,
    ...more,
  }),
});
/** Where codes belong: words, and what might pass for a code. */
const CARELESS_CODES = [
  Object.values(MARKS).join(' '),
  MARKS.identity,
  `isv.MOBILE_${ADDRESSES[0]}`,
  `${ADDRESSES[1]}^0`,
];

describe('guarantee 13: messages to staff tell nothing of whom they are about, and nobody tells of messages', () => {
  const logged: string[] = [];
  const keep = (...said: unknown[]) =>
    void logged.push(said.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(' '));
  const everything: LoggerService = {
    log: keep,
    error: keep,
    warn: keep,
    debug: keep,
    verbose: keep,
    fatal: keep,
  };
  /** What left the service, beside addresses. */
  const left: { sms: string[]; hook: string[] } = { sms: [], hook: [] };
  /** Marks that stood in a table of messages at any time: what is tried again is written over. */
  const kept: string[] = [];
  let rules: OwnRules;
  let rig: MessagingApp;
  beforeAll(async () => {
    rules = ownRules(CLASS_A_AND_SENSITIVE, 'test-pack/test.yaml');
    writeRota(rules, { 'duty-doctor': ['li'] });
    rig = await MessagingApp.start({ RULES_DIR: rules.folder });
    const practitioner = `${STAFF}|D7`;
    await member(rig.app, 'sun', 'duty-doctor', { sms: ADDRESSES[0]!, webhook: ADDRESSES[3]!, practitioner });
    await member(rig.app, 'li', 'duty-doctor', { sms: ADDRESSES[1]! });
    await member(rig.app, 'chen', 'head-nurse', { sms: ADDRESSES[2]! });
    await rig.anotherDay();
    rig.app.nest.useLogger(everything);
  });
  afterAll(async () => {
    await rig?.close();
    Logger.overrideLogger(['error', 'fatal']);
    rules?.remove();
  });

  const everyMark = [...Object.values(MARKS), ...ADDRESSES];
  const rows = async (table: string) =>
    JSON.stringify(await rig.app.nest.get(DataSource).query<object[]>(`SELECT * FROM ${table}`));

  async function later(minutes: number): Promise<void> {
    rig.app.clock.advance({ minutes });
    await route(rig.app);
    await ask(rig.app);
    await rig.messaging.look();
    left.sms.push(...rig.gateway.received.map(({ body }) => decodeURIComponent(body)));
    left.hook.push(...rig.hook.received.map(({ body }) => body));
    for (const table of ['outbox', 'message_receipt']) kept.push(...found(await rows(table), everyMark));
  }

  /** On the ward of the doctor, gravely ill. */
  async function onWard(): Promise<void> {
    const at = { effectiveDateTime: rig.at(), issued: rig.at() };
    const identifier = [{ system: 'urn:test:visit', value: randomUUID() }];
    const encounter: fhir4.Encounter = {
      ...{ resourceType: 'Encounter', status: 'in-progress', identifier, class: { code: 'IMP' } },
      participant: [
        {
          type: [{ coding: [{ code: 'ATND' }] }],
          individual: { identifier: { system: STAFF, value: 'D7' }, display: MARKS.note },
        },
      ],
    };
    const patient = person(undefined, {
      name: [{ text: MARKS.name }],
      telecom: [{ system: 'phone', value: MARKS.phone }],
      address: [{ text: MARKS.street }],
    });
    patient.identifier!.push({ system: 'urn:oid:2.16.156.10011.1.1', value: MARKS.identity });
    const result = potassium(7.1, {
      ...at,
      encounter: { identifier: identifier[0] },
      note: [{ text: MARKS.note }],
    });
    const { status, text } = await rig.app.post('/fhir', bundleOf(patient, [encounter, result]));
    if (status !== 200) throw new Error(text);
  }

  it('where they are sent, are refused by whoever should send them, and are answered', async () => {
    await onWard();
    await later(0);
    expect(left.sms.length + left.hook.length).toBeGreaterThanOrEqual(2);
    rig.gateway.now(() => careless(200));
    rig.hook.now(() => careless(400));
    await onWard();
    await later(1);
    await later(20);
    rig.gateway.now(() => careless(500));
    await later(30);
    for (const Code of CARELESS_CODES)
      for (const status of [200, 400, 500]) {
        rig.gateway.now(() => careless(status, { Code, BizId: Code }));
        await onWard();
        await later(1);
      }
    for (const BizId of CARELESS_CODES) {
      rig.gateway.now(() => careless(200, { Code: 'OK', BizId }));
      await onWard();
      await later(1);
    }
    rig.gateway.now(honestGateway(rig.sent));
    await later(60);
    const answer = {
      status: 'reply',
      at: rig.at(1),
      from: ADDRESSES[0]!,
      text: Object.values(MARKS).join(' '),
    };
    await rig.report([answer, { ...answer, from: MARKS.phone }, { status: MARKS.name, at: rig.at() }]);
    for (const code of CARELESS_CODES)
      await rig.report([{ status: 'bounced', at: rig.at(), messageId: randomUUID(), code }]);
    for (const providerId of CARELESS_CODES)
      await rig.report([{ status: 'bounced', at: rig.at(), providerId, code: 'UNDELIV' }]);
    await rig.report([answer], {
      secret: `whsec_${Buffer.from(MARKS.identity.repeat(2)).toString('base64')}`,
    });
    expect(left.sms.length).toBeGreaterThan(3);
  });

  it('none of it is in what left, in a list, a refusal, a metric, a log, the outbox, or the audit trail', async () => {
    const { app } = rig;
    const metrics = (await app.get('/metrics')).text;
    const list = (await app.get('/api/messages?limit=200')).text;
    const { items } = JSON.parse(list) as { items: { because: string | null }[] };
    expect(items.filter(({ because }) => because !== null).length).toBeGreaterThan(0);
    expect({
      sms: left.sms.flatMap((text) => found(text)),
      hook: left.hook.flatMap((text) => found(text)),
      logged: logged.filter((line) => found(line, everyMark).length > 0),
      metrics: found(metrics, everyMark),
      list: found(list, everyMark),
      health: found((await app.get('/health/ready')).text, everyMark),
      trail: found(await rows('audit_event'), everyMark),
      outbox: found(await rows('outbox'), everyMark),
      receipts: found(await rows('message_receipt'), everyMark),
      steps: found(await rows('task_event'), Object.values(MARKS)),
      kept,
    }).toEqual({
      sms: [],
      hook: [],
      logged: [],
      metrics: [],
      list: [],
      health: [],
      trail: [],
      outbox: [],
      receipts: [],
      steps: [],
      kept: [],
    });
    expect(logged.length).toBeGreaterThan(0);
  });
});
