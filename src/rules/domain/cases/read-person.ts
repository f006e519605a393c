import { DateTime } from 'luxon';
import { type FaultList, type SourceNode, suggest } from '../files/source-node.js';
import { type CasePerson } from './case.js';
import { type CaseSurroundings } from './read-cases.js';
import { readMoment } from './read-moment.js';

const KEYS = ['sex', 'birth-date', 'age'];

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
    if (KEYS.includes(name)) continue;
    if (!catalogue.answer(name)) {
      const known = catalogue.names().filter((one) => catalogue.answer(one));
      faults.add(key, `unknown fact "${name}" of the person${suggest(name, [...KEYS, ...known])}`);
    } else if (typeof value.value === 'boolean') answers.set(name, value.value);
    else faults.add(value, `"${name}" is true or false`);
  }
  const member = (name: string) => node.members.get(name)?.value;
  const [sex, born, age] = KEYS.map(member);
  const person: CasePerson = {
    sex: sex ? faults.word(sex, 'sex', ['male', 'female']) : null,
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
  faults.add(node, `an age is a whole number of years, found "${String(node.value)}"`);
  return null;
}
