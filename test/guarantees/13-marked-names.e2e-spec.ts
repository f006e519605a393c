import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger, type LoggerService } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type HttpAnswer, type HttpOptions } from '../support/app.js';
import { BrowserSession } from '../support/browser-session.js';
import { firstcall } from '../support/command-line.js';
import { Desk, potassium } from '../support/desk.js';
import { person } from '../support/messages.js';

/** What belongs to one person and to nobody else: each must be found where it was put, and nowhere else. */
const MARKS = {
  name: '欧阳记号',
  relative: '司徒记号',
  phone: '13987650123',
  identity: '110105198603143828',
  street: '记号胡同七号',
  note: '记号备注',
};
const EVERY_MARK = Object.values(MARKS);

/** Everything that any part of the service logs, at every level. */
class Everything implements LoggerService {
  readonly lines: string[] = [];
  readonly #keep = (...said: unknown[]): void => {
    this.lines.push(said.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(' '));
  };
  log = this.#keep;
  error = this.#keep;
  warn = this.#keep;
  debug = this.#keep;
  verbose = this.#keep;
  fatal = this.#keep;
}

const found = (text: string): string[] => EVERY_MARK.filter((mark) => text.includes(mark));

describe('guarantee 13: names, numbers and notes of a person stay where they belong', () => {
  let desk: Desk;
  const logged = new Everything();
  /** Answers of refusals, addresses that the service made, and what it said of them. */
  const said: string[] = [];
  const printed: string[] = [];

  async function tried<T>(
    method: string,
    path: string,
    body?: unknown,
    options: HttpOptions = {},
  ): Promise<HttpAnswer<T>> {
    const answer = await desk.app.http<T>(method, path, body, options);
    said.push(answer.headers.get('location') ?? '');
    if (answer.status >= 400) said.push(answer.text);
    return answer;
  }

  const marked = (more: Partial<fhir4.Patient> = {}): fhir4.Patient =>
    person(undefined, {
      name: [{ text: MARKS.name }],
      telecom: [{ system: 'phone', value: MARKS.phone }],
      address: [{ text: MARKS.street }],
      ...more,
    });
  const identity = { system: 'urn:oid:2.16.156.10011.1.1', value: MARKS.identity };

  beforeAll(async () => {
    desk = await Desk.open();
    desk.app.nest.useLogger(logged);
    const [out, err] = [process.stdout.write.bind(process.stdout), process.stderr.write.bind(process.stderr)];
    process.stdout.write = (text: string) => (printed.push(String(text)), out(text));
    process.stderr.write = (text: string) => (printed.push(String(text)), err(text));
  });
  afterAll(async () => {
    await desk?.close();
    Logger.overrideLogger(['error', 'fatal']);
  });

  it('through the FHIR door: taken in, read, searched and refused', async () => {
    const patient = marked();
    patient.identifier!.push(identity);
    const { mrn } = await desk.called([potassium(7.1)], patient);
    const shown = await tried('GET', `/fhir/Patient?identifier=urn:test:mrn|${mrn}`);
    expect(found(shown.text)).toEqual([MARKS.name, MARKS.phone, MARKS.identity, MARKS.street]);
    await tried('POST', '/fhir/Patient', marked());
    const refused: [unknown, string][] = [
      [{ ...marked(), birthDate: MARKS.name }, 'a birth date that is none'],
      [{ ...marked(), gender: MARKS.phone }, 'a code that is none'],
      [{ ...marked(), [MARKS.name]: MARKS.identity }, 'an element that is none'],
      [{ ...marked(), name: MARKS.name }, 'text where a list belongs'],
      [JSON.stringify(marked()).slice(0, -20), 'broken JSON'],
      [{ ...marked(), id: MARKS.name }, 'an id that is none'],
    ];
    for (const [body, why] of refused)
      expect([why, (await tried('POST', '/fhir/Patient', body)).status]).toEqual([why, 400]);
    const observation = { ...potassium(5), subject: { reference: `Patient/${MARKS.name}` } };
    await tried('POST', '/fhir/Observation', { ...observation, valueQuantity: { value: MARKS.phone } });
    await tried('POST', '/fhir/Observation', { ...observation, valueString: MARKS.name });
    for (const path of [
      `/fhir/Patient/${MARKS.name}`,
      `/fhir/${MARKS.name}/1`,
      `/fhir/Patient?_id=${MARKS.name}`,
      `/fhir/Patient?birthdate=${MARKS.phone}&_sort=${MARKS.name}`,
      `/fhir/Observation?_lastUpdated=${MARKS.name}&patient=${MARKS.name}`,
    ])
      await tried('GET', encodeURI(path), undefined, { headers: { prefer: 'handling=strict' } });
  });

  it('through the workbench: searched, called, and refused', async () => {
    const { id } = await desk.called([potassium(7.2)], marked());
    await desk.wang.act(id, 'claim', { reason: MARKS.note });
    const heard = { name: MARKS.relative, phoneTail: '0123' };
    for (const body of [
      { outcome: 'told', answeredBy: 'self', heard, readBack: [] },
      { outcome: 'reached', answeredBy: 'relative', relativeName: MARKS.relative, note: MARKS.note },
      { outcome: MARKS.note, number: MARKS.phone },
      { outcome: 'no-answer', number: MARKS.phone, until: MARKS.note },
      { [MARKS.name]: MARKS.phone },
    ]) {
      const { status, text } = await desk.wang.call(id, body);
      if (status >= 400) said.push(text);
    }
    for (const path of [
      `/api/queue?q=${MARKS.name}`,
      `/api/queue?class=${MARKS.name}&limit=${MARKS.phone}&${MARKS.identity}=1`,
      `/api/tasks/${MARKS.name}`,
      `/api/people/${MARKS.identity}/level`,
      `/api/data-quality?person=urn:test:mrn|${MARKS.identity}`,
      `/api/audit?actor=${MARKS.name}`,
      `/api/${MARKS.name}`,
    ])
      await tried('GET', encodeURI(path));
    // What was typed in place of a sign-in name may be anything.
    for (const login of [MARKS.phone, MARKS.name]) {
      const { text } = await new BrowserSession(desk.app).signIn(login, MARKS.identity);
      said.push(text);
    }
  });

  it('when the service itself fails', async () => {
    const database = desk.app.nest.get(DataSource);
    const before = logged.lines.length;
    await database.query('ALTER TABLE person_contact RENAME TO person_contact_away');
    try {
      const { status } = await tried('POST', '/fhir/Patient', marked({ telecom: [{ value: MARKS.phone }] }));
      expect(status).toBe(500);
    } finally {
      await database.query('ALTER TABLE person_contact_away RENAME TO person_contact');
    }
    expect(logged.lines.length).toBeGreaterThan(before);
  });

  it('through the command line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'firstcall-marked-'));
    const kept = process.env.DATABASE_URL;
    process.env.DATABASE_URL = desk.app.database.database.url;
    try {
      const bad = { ...marked(), birthDate: MARKS.name };
      const lines = [JSON.stringify(marked()), JSON.stringify(bad), JSON.stringify(marked()).slice(0, -9)];
      writeFileSync(join(folder, 'people.ndjson'), lines.join('\n'));
      const runs = [
        await firstcall('ingest', '--json', folder),
        await firstcall('assess', `urn:test:mrn|${MARKS.identity}`),
        await firstcall('audit', 'verify'),
      ];
      expect(runs[0]!.code).not.toBe(0);
      // Nobody is told but whoever asked by it that nobody is known by it.
      said.push(...runs.flatMap(({ out, err }, i) => (i === 1 ? [out] : [out, err])));
    } finally {
      process.env.DATABASE_URL = kept;
      rmSync(folder, { recursive: true });
    }
  });

  it('and none of it stands in a refusal, an address, a metric, a log, or the audit trail', async () => {
    const metrics = await desk.app.get('/metrics');
    const trail = await desk.app.nest.get(DataSource).query<object[]>('SELECT * FROM audit_event');
    expect(logged.lines.length).toBeGreaterThan(0);
    expect(said.filter((text) => text !== '').length).toBeGreaterThan(20);
    expect({
      said: said.filter((text) => found(text).length > 0),
      logged: logged.lines.filter((line) => found(line).length > 0),
      printed: printed.filter((text) => found(text).length > 0),
      metrics: found(metrics.text),
      trail: found(JSON.stringify(trail)),
    }).toEqual({ said: [], logged: [], printed: [], metrics: [], trail: [] });
  });
});
