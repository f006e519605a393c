import { type ChineseName, chineseName, type Sex } from './chinese-names.js';
import { identityNumber, mobileNumber } from './identity-number.js';
import { DAY } from './moment.js';
import { type Random } from './random.js';

/** What a body is like for years; normal deviates unless said otherwise. Every checkup adds its own small noise. */
export interface Traits {
  adiposity: number;
  pressure: number;
  lipids: number;
  kidney: number;
  blood: number;
  liver: number;
  glycaemia: 'normal' | 'raised' | 'treated';
}

export interface Client {
  /** File number at the centre; the stem of every identifier the sample sends about the person. */
  serial: string;
  name: ChineseName;
  sex: Sex;
  /** `YYYY-MM-DD` */
  birthDate: string;
  identityNumber: string;
  mobile: string;
  employer: Employer | null;
  traits: Traits;
}

export interface Employer {
  code: string;
  name: string;
}

const EMPLOYERS: readonly Employer[] = [
  ['D001', '青石桥精密仪器有限公司'],
  ['D002', '云栖路第一中学'],
  ['D003', '河湾市公共交通集团'],
  ['D004', '北岭勘察设计院'],
  ['D005', '晨光纺织有限公司'],
  ['D006', '枫林软件股份有限公司'],
  ['D007', '南塘街道办事处'],
].map(([code = '', name = '']) => ({ code, name }));

/** Mean and standard deviation of age at the seed hospital, 90,990 people in three years (volume figures). */
const AGE = { mean: 45.37, deviation: 12.77 };
const MEN = 54_412 / 90_990;

/**
 * Makes one client.
 * @param ordinal number of the client; identity and phone numbers are derived from it and never repeat
 * @param at instant that ages are counted from
 * @param youngest years of age; checkups before `at` are those of adults too when it leaves room for them
 */
export function makeClient(
  random: Random,
  serial: string,
  ordinal: number,
  at: number,
  youngest = 18.5,
): Client {
  const sex: Sex = random.chance(MEN) ? 'male' : 'female';
  const age = Math.min(88, Math.max(youngest, AGE.mean + AGE.deviation * random.normal()));
  const birthDate = new Date(at - age * 365.25 * DAY).toISOString().slice(0, 10);
  return {
    serial,
    name: chineseName(random, sex, Number(birthDate.slice(0, 4))),
    sex,
    birthDate,
    identityNumber: identityNumber(birthDate, sex, ordinal),
    mobile: mobileNumber(ordinal),
    employer: random.chance(0.75) ? random.pick(EMPLOYERS) : null,
    traits: makeTraits(random, age),
  };
}

function makeTraits(random: Random, age: number): Traits {
  const adiposity = random.normal();
  const glycaemicRisk = 0.05 + Math.max(0, age - 40) * 0.006 + Math.max(0, adiposity) * 0.05;
  const glycaemia = random.chance(glycaemicRisk) ? (random.chance(0.5) ? 'treated' : 'raised') : 'normal';
  return {
    adiposity,
    pressure: 0.4 * adiposity + 0.9 * random.normal(),
    lipids: 0.25 * adiposity + 0.95 * random.normal(),
    kidney: random.normal(),
    blood: random.normal(),
    liver: 0.5 * adiposity + 0.85 * random.normal(),
    glycaemia,
  };
}
