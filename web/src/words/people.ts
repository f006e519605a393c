import type { Words } from './index';

interface Person {
  name: string | null;
  sex: 'male' | 'female' | null;
  ageYears: number | null;
}

export function nameOf(person: Person | null, words: Words): string {
  if (!person) return words.queue.unknownPerson;
  return person.name ?? words.person.noName;
}

/** `男 58 岁`; what is not known is left out here and written in the banner. */
export function sexAndAge(person: Person | null, { person: words }: Words): string {
  if (!person) return '';
  const sex = person.sex === null ? '' : words[person.sex];
  const age = person.ageYears === null ? '' : words.years(person.ageYears);
  return `${sex} ${age}`.trim();
}
