import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Finding, FindingRepository, isConfidential } from '../assessment/index.js';
import { type Config, CONFIG } from '../config/index.js';
import { type SentTo } from '../duty/index.js';
import { MessagesService, salutation, Templates } from '../messaging/index.js';
import { ageInYears, type KnownPerson, maskText, PersonRepository, Relatives } from '../people/index.js';
import { RulesService } from '../rules/index.js';
import { mayHear, type TaskEntity, TaskRepository } from '../tasks/index.js';
import { TerminologyService } from '../terminology/index.js';
import { type AskedToRing } from './domain/route.js';
import { type Addressee, type Asked, type NotAsked, whomToAsk } from './domain/whom-to-ask.js';

/** Who was asked to ring, as the history keeps it. */
export interface RingAsked {
  by: 'record' | 'nobody';
  to: (SentTo & { number: string })[];
  /** Why others, or all, were not asked. */
  because?: (NotAsked | 'sensitive' | 'deceased' | 'no-template')[];
}

/** Asks people, guardians and relatives to ring the centre, and says nothing else: never a result, not even that there is one. */
@Injectable()
export class RingRequests {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly rules: RulesService,
    private readonly terminology: TerminologyService,
    private readonly persons: PersonRepository,
    private readonly relatives: Relatives,
    private readonly findings: FindingRepository,
    private readonly tasks: TaskRepository,
    private readonly messages: MessagesService,
    private readonly templates: Templates,
  ) {}

  /** Puts the messages of a route's step into the outbox. Who may be asked now is asked again when each leaves. */
  async ask(
    manager: EntityManager,
    task: TaskEntity,
    to: AskedToRing,
    key: string,
    now: Date,
  ): Promise<RingAsked> {
    const template = to === 'person' ? 'please-ring' : 'please-ring-family';
    if (!this.templates.has(template)) return { by: 'nobody', to: [], because: ['no-template'] };
    const asked = await this.#whom(manager, task, to, now);
    const sent: RingAsked['to'] = [];
    for (const { channel, address, ...who } of asked.to) {
      const language = this.templates.languageFor(template, channel, who.language);
      const { because: lost } = await this.messages.enqueue(manager, {
        ...{ key: `${key}/${sent.length}`, channel, template, language, address },
        ...{
          audience: to === 'person' ? 'person' : 'family',
          values: { salutation: salutation(who, language) },
        },
        ...{ urgency: task.urgency, taskId: task.id, personId: task.personId },
      });
      sent.push({ account: null, user: to, by: channel, number: maskText(address), ...(lost && { lost }) });
    }
    const { because } = asked;
    return { by: sent.length > 0 ? 'record' : 'nobody', to: sent, ...(because.length > 0 && { because }) };
  }

  /**
   * Whether a message to a relative or guardian may still leave: they are still to be asked, at the address it goes to,
   * and something of the task is theirs to hear.
   */
  async mayStillAsk(
    manager: EntityManager,
    task: TaskEntity,
    to: AskedToRing,
    { channel, addressHash }: { channel: Addressee['channel']; addressHash: string },
    now: Date,
  ): Promise<boolean> {
    const asked = await this.#whom(manager, task, to, now);
    return asked.to.some(
      (one) =>
        one.channel === channel && this.messages.addressHashes(channel, one.address).includes(addressHash),
    );
  }

  async #whom(
    manager: EntityManager,
    { id, personId }: TaskEntity,
    to: AskedToRing,
    now: Date,
  ): Promise<Omit<Asked, 'because'> & { because: NonNullable<RingAsked['because']> }> {
    const person = personId === null ? null : await this.persons.read(manager, personId);
    if (!person) return { to: [], because: ['nobody'] };
    if (person.isDeceased) return { to: [], because: ['deceased'] };
    const isFamily = to !== 'person';
    const relatives = isFamily ? await this.relatives.of(manager, person.id, now) : [];
    const contacts = isFamily ? [] : await this.persons.contactsOf(manager, person.id);
    const language = isFamily ? null : await this.relatives.languageOf(manager, person.id);
    const asked = whomToAsk(
      to,
      { ...person, language, isMinor: this.#isMinor(person, now), contacts },
      relatives,
      this.#ways,
    );
    if (isFamily && asked.to.length > 0 && !(await this.#mayHearAny(manager, id, to, person, now)))
      return { to: [], because: ['sensitive'] };
    return asked;
  }

  /** Of a sensitive compartment nobody but the person hears, not even that they might ring. */
  async #mayHearAny(
    manager: EntityManager,
    taskId: string,
    to: AskedToRing,
    person: KnownPerson,
    now: Date,
  ): Promise<boolean> {
    const joined = await this.tasks.findingsOf(manager, [taskId]);
    const findings = await this.findings.byIds(
      manager,
      joined.map(({ findingId }) => findingId),
    );
    const listener = { answeredBy: to === 'guardian' ? to : ('relative' as const), hasConsent: true };
    const about = {
      isDeceased: person.isDeceased,
      ageYears: ageInYears(person.birthDate, now, this.config.timeZone),
      guardianBelow: this.rules.current.policy.minors.guardian_below,
    };
    const { vocabulary } = this.terminology;
    const isSensitive = ({ evidence }: Finding): boolean =>
      isConfidential(evidence, (name) => vocabulary.isSensitive(name));
    return findings.some((finding) => mayHear(listener, about, isSensitive(finding)) === 'may-hear');
  }

  #isMinor({ birthDate }: KnownPerson, now: Date): boolean {
    const age = ageInYears(birthDate, now, this.config.timeZone);
    return age !== null && age < this.rules.current.policy.minors.guardian_below;
  }

  /** By SMS first. What is not set up comes last, and is then listed as lost for that reason. */
  get #ways(): Addressee['channel'][] {
    const { sms, email } = this.config.messaging;
    return sms === null && email !== null ? ['email', 'sms'] : ['sms', 'email'];
  }
}
