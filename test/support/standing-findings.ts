import { DataSource } from 'typeorm';
import { AssessmentEntity, FindingEntity } from '../../src/assessment/index.js';
import { ObservationEntity, PersonEntity } from '../../src/people/index.js';
import { type TestApp } from './app.js';

export type Standing = Map<string, string>;

/** Of everybody, by name: what stands for which of their results, read from the tables alone. */
export async function findingsOf(service: TestApp): Promise<Map<string, Standing>> {
  const { manager } = service.nest.get(DataSource);
  const names = await namesOf(service);
  const codes = await codesOf(service);
  const people = new Map<string, Standing>();
  for (const finding of await manager.find(FindingEntity)) {
    const { personId, observationId, component, ruleId, kind, urgency, status } = finding;
    if (status === 'retracted') continue;
    const name = personId === null ? '' : names.get(personId)!;
    const standing = people.get(name) ?? new Map<string, string>();
    standing.set(`${ruleId} ${codes.get(observationId)} ${component}`, `${kind} ${urgency}`);
    people.set(name, standing);
  }
  return people;
}

/** What tells a result apart in two services: what it is, and when it was. */
export async function codesOf(service: TestApp): Promise<Map<string, string>> {
  const rows = await service.nest.get(DataSource).manager.findBy(ObservationEntity, { component: 0 });
  return new Map(rows.map(({ id, codes, at, entry }) => [id, `${codes}${at.toISOString()} ${entry}`]));
}

/** Every person's changes between two services, by brute force. */
export function differences(
  before: Map<string, Standing>,
  after: Map<string, Standing>,
): Map<string, string[]> {
  const changes = new Map<string, string[]>();
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(name) ?? new Map(), after.get(name) ?? new Map()] as [Standing, Standing];
    const found = [...new Set([...was.keys(), ...is.keys()])]
      .filter((key) => was.get(key) !== is.get(key))
      .map((key) => `${key}: ${was.get(key) ?? '-'} → ${is.get(key) ?? '-'}`);
    if (found.length > 0) changes.set(name, found.sort());
  }
  return changes;
}

/** Names of everybody, by id. */
export async function namesOf(service: TestApp): Promise<Map<string, string>> {
  const persons = await service.nest.get(DataSource).manager.find(PersonEntity);
  return new Map(persons.map(({ id, name }) => [id, name!]));
}

/** The level of everybody, by name, as it is kept. */
export async function levelsOf(service: TestApp): Promise<Standing> {
  const names = await namesOf(service);
  const rows = await service.nest.get(DataSource).manager.find(AssessmentEntity);
  return new Map(rows.map(({ personId, code, text }) => [names.get(personId)!, `${code} (${text})`]));
}

/** Everybody whose level is another, as `from → to`. */
export function movesBetween(before: Standing, after: Standing): Standing {
  const moves = new Map<string, string>();
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(name) ?? '-', after.get(name) ?? '-'];
    if (was !== is) moves.set(name, `${was} → ${is}`);
  }
  return moves;
}
