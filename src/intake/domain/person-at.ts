import { type PersonFacts, UNKNOWN_PERSON } from '../../kernel/index.js';
import { ageInDays, ageInYears } from '../../people/domain/fhir-time.js';
import { type KnownPerson } from '../../people/index.js';
import { type PersonRecords } from './person-records.js';

/** What is known of a person at an instant, but for what belongs to one result: its encounter, its day's pregnancy status. */
export function personAt(
  person: Pick<KnownPerson, 'sex' | 'birthDate'> | null,
  records: PersonRecords | null,
  zone: string,
): (at: Date) => PersonFacts {
  if (!person) return () => UNKNOWN_PERSON;
  // The results of one visit share their instant: what was known then is put together once.
  let latest: { at: number; facts: PersonFacts } | null = null;
  return (at) => {
    if (latest?.at === at.getTime()) return latest.facts;
    const facts: PersonFacts = {
      ...UNKNOWN_PERSON,
      sex: person.sex,
      ageYears: ageInYears(person.birthDate, at, zone),
      ageDays: ageInDays(person.birthDate, at, zone),
      answers: records?.answersAt(at) ?? UNKNOWN_PERSON.answers,
    };
    latest = { at: at.getTime(), facts };
    return facts;
  };
}
