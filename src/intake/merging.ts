import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { AssessmentRepository, FindingRepository, LevelOverrideRepository } from '../assessment/index.js';
import {
  ClinicalResourceRepository,
  DataQualityRepository,
  type KnownPerson,
  PersonRepository,
} from '../people/index.js';
import { LoopsService, SilenceRepository, TaskHistoryRepository, TaskRepository } from '../tasks/index.js';
import { linksOf, type People } from './admission.js';

export interface Merge {
  from: KnownPerson;
  to: KnownPerson;
}

/** A record that says it was replaced (`Patient.link`) becomes part of the other, with its findings; its results are read again for the other. */
@Injectable()
export class Merging {
  constructor(
    private readonly persons: PersonRepository,
    private readonly clinical: ClinicalResourceRepository,
    private readonly quality: DataQualityRepository,
    private readonly findings: FindingRepository,
    private readonly assessments: AssessmentRepository,
    private readonly overrides: LevelOverrideRepository,
    private readonly silences: SilenceRepository,
    private readonly tasks: TaskRepository,
    private readonly loops: LoopsService,
    private readonly history: TaskHistoryRepository,
  ) {}

  async merge(manager: EntityManager, people: People, now: Date): Promise<Merge[]> {
    const merges: Merge[] = [];
    const mergedInto = new Map<string, KnownPerson>();
    const present = (person: KnownPerson): KnownPerson => {
      const into = mergedInto.get(person.id);
      return into ? present(into) : person;
    };
    for (const [entry, { person }] of people.admitted) {
      for (const { type, reference } of linksOf(entry, people.references)) {
        const other = people.meant(reference).person;
        if (!other) continue;
        const [from, to] = (type === 'replaced-by' ? [person, other] : [other, person]).map(present);
        if (from!.id === to!.id) continue;
        await this.move(manager, from!, to!, now);
        mergedInto.set(from!.id, to!);
        merges.push({ from: from!, to: to! });
      }
    }
    // Whoever received a record and was then merged as well passed it on.
    return merges.map(({ from, to }) => ({ from, to: present(to) }));
  }

  private async move(manager: EntityManager, from: KnownPerson, to: KnownPerson, now: Date): Promise<void> {
    await this.persons.moveKeysAndContacts(manager, from.id, to.id);
    await this.clinical.move(manager, from.id, to.id);
    await this.quality.move(manager, from.id, to.id);
    const replaced = await this.findings.move(manager, from.id, to.id);
    for (const { gone, kept } of replaced) await this.tasks.replaceFinding(manager, gone, kept);
    await this.loops.move(manager, from.id, to.id, replaced);
    await this.history.moveContacts(manager, from.id, to.id);
    await this.assessments.remove(manager, from.id);
    await this.overrides.move(manager, from.id, to.id, now);
    await this.silences.move(manager, from.id, to.id, now);
    await this.persons.update(manager, from.id, { mergedInto: to.id, updatedAt: now });
    from.mergedInto = to.id;
  }
}
