import { DateTime } from 'luxon';
import { oneOf } from '../../../kernel/index.js';
import { asWritten, type FaultList, type SourceNode } from '../files/source-node.js';
import { PERSON_WORDS } from '../rule.js';
import { type CasePerson, type CaseSurroundings } from './case.js';
import { readMoment } from './read-moment.js';

/** What is known of the person beside what records answer. */
export const PERSON_KEYS: readonly string[] = ['sex', 'birth-date', 'age'];

/** `{ sex: female, birth-date: 1980-05-01, history.diabetes: true }`; `age: 45` is the age now. Null, with faults, when unsound. */
export function readPerson(
  node: SourceNode | undefined,
  now: Date,
  around: CaseSurroundings,
  faults: FaultList,
): CasePerson | null {
  if (!node) return { sex: null, birthDate: null, answers: new Map() };
  const { catalogue, zone } = around;
  const answers = new Map<string, boolean>();
  const before = faults.faults.length;
  for (const [name, { key, value }] of node.members) {
    if (PERSON_KEYS.includes(name)) continue;
    if (!catalogue.answer(name)) {
      const known = catalogue.names().filter((one) => catalogue.answer(one));
      faults.add(key, 'unknown-fact', oneOf(name, [...PERSON_KEYS, ...known]));
    } else if (typeof value.value === 'boolean') answers.set(name, value.value);
    else faults.add(value, 'unreadable-value', { fact: name, found: asWritten(value) });
  }
  const member = (name: string) => node.members.get(name)?.value;
  const [sex, born, age] = PERSON_KEYS.map(member);
  if (born && age) faults.add(age, 'case-two-ages');
  const person: CasePerson = {
    sex: sex ? faults.word(sex, 'sex', PERSON_WORDS.sex) : null,
    birthDate: born ? bornOn(born, zone, faults) : age ? bornBefore(age, now, zone, faults) : null,
    answers,
  };
  return faults.faults.length === before ? person : null;
}

function bornOn(node: SourceNode, zone: string, faults: FaultList): string | null {
  return readMoment(node, zone, faults)?.written.slice(0, 10) ?? null;
}

function bornBefore(node: SourceNode, now: Date, zone: string, faults: FaultList): string | null {
  if (typeof node.value === 'number' && Number.isInteger(node.value) && node.value >= 0) {
    return DateTime.fromJSDate(now, { zone }).minus({ years: node.value }).toFormat('yyyy-MM-dd');
  }
  faults.add(node, 'unreadable-value', { fact: 'age', found: asWritten(node) });
  return null;
}
