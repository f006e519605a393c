import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Config, CONFIG } from '../config/index.js';
import { type CareSetting } from '../kernel/index.js';
import { type ClinicalResource, ClinicalResourceRepository, MessageStore } from '../people/index.js';
import { findMeaning, NO_CONTEXT, TerminologyService } from '../terminology/index.js';
import { type RecordChange } from './clinical-store.js';
import { answersOf } from './domain/answers.js';
import { namesOfEncounter } from './domain/encounter-name.js';
import { type OrderedAnalyte, PersonRecords } from './domain/person-records.js';
import { readSaid, type Said, SPEAKING_TYPES } from './domain/said.js';

/** A record and what it says. */
export interface SpeakingRecord {
  row: ClinicalResource;
  said: Said;
}

/** What must be judged again when records change: whose results, asked what, and of which encounters. */
export interface ChangedFacts {
  facts: Set<string>;
  encounters: Set<string>;
}

/** Conditions, relatives' conditions, medicines and encounters, as facts that rules may ask for. */
@Injectable()
export class Records {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly resources: ClinicalResourceRepository,
    private readonly messages: MessageStore,
    private readonly terminology: TerminologyService,
  ) {}

  /** All that a person's records say; a record from before this was kept is read from its source. */
  async of(manager: EntityManager, personId: string): Promise<PersonRecords> {
    return (await this.ofPeople(manager, [personId])).get(personId)!;
  }

  /** The same of several people at once. */
  async ofPeople(manager: EntityManager, personIds: readonly string[]): Promise<Map<string, PersonRecords>> {
    const byPerson = new Map<string, SpeakingRecord[]>(personIds.map((id) => [id, []]));
    for (const row of await this.resources.ofPeople(manager, personIds, SPEAKING_TYPES)) {
      const said = row.said === null ? await this.read(manager, row) : (JSON.parse(row.said) as Said);
      if (said) byPerson.get(row.personId!)?.push({ row, said });
    }
    return new Map([...byPerson].map(([id, records]) => [id, this.from(records)]));
  }

  /** The same of a person who came with a message: what it brought is all that there is; null where it brought none. */
  ofNewcomer(changes: readonly RecordChange[], personId: string): PersonRecords | null {
    const latest = new Map(changes.map(({ after }) => [after.id, after]));
    const own = [...latest.values()].filter((row) => row.personId === personId);
    if (own.length === 0) return null;
    const rows = own.sort((a, b) => (a.id < b.id ? -1 : 1));
    return this.from(
      rows.flatMap((row) => (row.said === null ? [] : { row, said: JSON.parse(row.said) as Said })),
    );
  }

  from(records: readonly SpeakingRecord[]): PersonRecords {
    const settings = new Map<string, CareSetting>();
    for (const { row, said } of records) {
      if (!said.setting) continue;
      for (const name of namesOfEncounter(row, said.id)) settings.set(name, said.setting);
    }
    const statements = records.flatMap(({ said }) => said.statements);
    const answers = answersOf(statements, this.terminology.vocabulary.history);
    const orders = records.flatMap(({ said }) => this.ordered(said));
    return new PersonRecords(answers, settings, this.config.timeZone, orders);
  }

  /** The analytes that a request asks for, as far as the vocabulary knows them. */
  private ordered({ orders = [] }: Said): OrderedAnalyte[] {
    return orders.flatMap(({ code, on = null }) => {
      const { meaning } = findMeaning(code, NO_CONTEXT, this.terminology.vocabulary);
      return meaning ? { analyte: meaning.analyte.id, on } : [];
    });
  }

  /** What a record's source says; null when there is no source, or it says nothing to rules. */
  async read(manager: EntityManager, { messageId, entry }: ClinicalResource): Promise<Said | null> {
    const resource = await this.messages.resourceAt(manager, messageId, entry);
    return resource && readSaid(resource as fhir4.FhirResource, this.config.timeZone);
  }

  /** Whose facts are not what they were, by person, after records came or changed. */
  changed(changes: readonly RecordChange[]): Map<string, ChangedFacts> {
    const byPerson = new Map<string, ChangedFacts>();
    for (const { before, after } of changes) {
      if (before && before.personId === after.personId && isSameEncounter(before, after)) continue;
      for (const row of before ? [before, after] : [after]) {
        if (row.personId === null || row.said === null) continue;
        const known = byPerson.get(row.personId) ?? { facts: new Set(), encounters: new Set() };
        byPerson.set(row.personId, known);
        const said = JSON.parse(row.said) as Said;
        for (const { fact } of answersOf(said.statements, this.terminology.vocabulary.history))
          known.facts.add(fact);
        if (row.type === 'Encounter')
          namesOfEncounter(row, said.id).forEach((name) => known.encounters.add(name));
      }
    }
    return byPerson;
  }
}

function isSameEncounter(before: ClinicalResource, after: ClinicalResource): boolean {
  if (after.type !== 'Encounter' || before.said === null || after.said === null) return false;
  return (JSON.parse(before.said) as Said).setting === (JSON.parse(after.said) as Said).setting;
}
