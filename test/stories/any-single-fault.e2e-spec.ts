import { DataSource } from 'typeorm';
import { startApp, type TestApp } from '../support/app.js';
import { potassium } from '../support/desk.js';
import { bundleOf, mrnOf, person } from '../support/messages.js';
import { Messaging } from '../support/messaging.js';
import { MessagingApp } from '../support/messaging-app.js';
import { CLASS_A_AND_SENSITIVE, type OwnRules, ownRules } from '../support/own-rules.js';
import { seen } from '../support/queue.js';
import { ask, member, route, writeRota } from '../support/staff.js';

/** Of class A, by the policy. */
const LIMIT_MINUTES = 120;
const ROTA = { 'head-nurse': ['chen'], 'duty-doctor': ['li'], manager: ['qian'] };

/** What goes wrong, and after how many minutes. */
interface Fault {
  /** Who is on duty; nobody by name where it is empty. */
  rota?: Readonly<Record<string, readonly string[]>>;
  at?: number;
  happens?: (at: Centre) => Promise<unknown>;
}

/** A centre of three whom messages reach: two by SMS, the manager by the hospital's system. */
class Centre {
  /** To whom the hospital's system has passed a message on, by its id. */
  readonly hooked = new Map<string, string>();

  private constructor(
    readonly rules: OwnRules,
    readonly rig: MessagingApp,
    /** The instance that runs now. */
    public app: TestApp,
    public messaging: Messaging,
  ) {}

  static async open(rota: NonNullable<Fault['rota']>): Promise<Centre> {
    const rules = ownRules(CLASS_A_AND_SENSITIVE, 'test-pack/test.yaml');
    writeRota(rules, rota);
    const rig = await MessagingApp.start({ RULES_DIR: rules.folder });
    const { app, messaging } = rig;
    await rig.anotherDay();
    await member(app, 'chen', 'head-nurse', { sms: '13800000001' });
    await member(app, 'li', 'duty-doctor', { sms: '13800000003' });
    await member(app, 'qian', 'manager', { webhook: 'qian' });
    const centre = new Centre(rules, rig, app, messaging);
    rig.hook.now(({ body }) => {
      const { data } = JSON.parse(body) as { data: { id: string; to: string } };
      centre.hooked.set(data.id, data.to);
      return { status: 200 };
    });
    return centre;
  }

  async close(): Promise<void> {
    if (this.app !== this.rig.app) await this.app.close();
    await this.rig.close();
    this.rules.remove();
  }

  /** Another process on the same database, after some minutes in which none ran. */
  async restart(minutes: number): Promise<void> {
    this.rig.app.clock.advance({ minutes });
    const env = { ...this.rig.environment(), RULES_DIR: this.rules.folder };
    const now = this.rig.app.clock.now().toISOString();
    this.app = await startApp({ database: this.rig.app.database, env, now });
    this.messaging = new Messaging(this.app);
  }

  /** Who has a message, by name or number, as often as they have one. */
  heard(): string[] {
    return [...this.rig.sent.values()].map(({ PhoneNumbers }) => PhoneNumbers!).concat(...this.hooked.values());
  } // prettier-ignore

  async minute(): Promise<void> {
    this.rig.app.clock.advance({ minutes: 1 });
    this.app.clock.set(this.rig.app.clock.now());
    await ask(this.app);
    await route(this.app);
    await this.messaging.look();
  }
}

const lockOut =
  (login: string) =>
  ({ app }: Centre): Promise<unknown> =>
    app.nest.get(DataSource).query('UPDATE account SET disabled_at = created_at WHERE login = ?', [login]);

/** 任何单一故障: whatever one thing fails, somebody by name has heard of an untold class A by its limit. */
describe('a class A that nobody tells, and one fault', () => {
  it.each<[string, Fault]>([
    ['none', {}],
    ['a rota with nobody on it', { rota: {} }],
    ['a rota of people who are not there', { rota: { 'head-nurse': ['gone'], 'duty-doctor': ['gone'], manager: ['gone'] } }],
    ['the head nurse locked out', { happens: lockOut('chen') }],
    ['the duty doctor locked out', { happens: lockOut('li') }],
    ['the manager locked out', { happens: lockOut('qian') }],
    ['a gateway that is down', { happens: ({ rig }) => Promise.resolve(rig.gateway.now(() => ({ status: 503 }))) }],
    ['a gateway that takes everything and hangs up', { happens: ({ rig }) => Promise.resolve(rig.gateway.now(() => 'drops')) }],
    ['a hospital system that is down', { happens: ({ rig }) => Promise.resolve(rig.hook.now(() => ({ status: 500 }))) }],
    ['a restart between two steps', { at: 20, happens: (centre) => centre.restart(0) }],
    ['an hour without any instance', { at: 10, happens: (centre) => centre.restart(60) }],
    ['a clock that jumps an hour ahead', { at: 20, happens: ({ rig }) => Promise.resolve(rig.app.clock.advance({ minutes: 60 })) }],
    ['a clock that is set back by an hour', { at: 20, happens: ({ rig }) => Promise.resolve(rig.app.clock.advance({ minutes: -60 })) }],
  ])('%s', async (_, { rota = ROTA, at = 0, happens }) => {
    const centre = await Centre.open(rota);
    const { rig } = centre;
    const patient = person();
    const now = { effectiveDateTime: rig.at(), issued: rig.at() };
    const limit = rig.app.clock.now().getTime() + LIMIT_MINUTES * 60_000;
    await rig.app.post('/fhir', bundleOf(patient, [potassium(7.1, now)]));
    for (let minute = 0; rig.app.clock.now().getTime() < limit; minute++) {
      if (minute === at) await happens?.(centre);
      await centre.minute();
    }
    const [task] = (await seen(rig.app, mrnOf(patient))).notify;
    expect(task).toMatchObject({ status: 'requested' });
    const heard = centre.heard();
    expect(heard.length).toBeGreaterThan(0);
    // And nobody twice.
    expect(new Set(heard).size).toBe(heard.length);
    await centre.close();
  }); // prettier-ignore
});
