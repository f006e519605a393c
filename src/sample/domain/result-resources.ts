import { type Value } from './body.js';
import { type Item, ITEMS, type Section, SECTION_NAMES } from './catalogue.js';
import { type Checkup, type Oddity, SYSTEMS } from './checkup.js';
import { type Conclusion, EXAMS } from './conclusion.js';
import { codeOf, HABITS, type LaboratoryHabit, LOCAL_CODES, quantityOf } from './laboratory-habit.js';
import { chinaTime, HOUR, MINUTE } from './moment.js';
import { EXAM, LABORATORY, observe, printed, VITAL_SIGNS } from './observation.js';
import { type DiagnosticReport, type Observation, type Quantity } from './r4.js';

/** The urls inside a Bundle that results point to. */
export interface Links {
  patient: string;
  encounter: string;
  specimen: string | null;
}

/** A result with the section of the report it stands in. */
export interface SectionedObservation {
  section: Section;
  resource: Observation;
}

const SECTIONS_FIRST_TO_LAST: readonly Section[] = [
  'blood-count',
  'chemistry',
  'lipids',
  'urine',
  'stool',
  'tumour-markers',
  'thyroid',
  'physical',
];

/** Every result of a checkup, section by section. `name` picks among the Chinese names of an item. */
export function observationsOf(checkup: Checkup, links: Links, name: number): SectionedObservation[] {
  const habit = HABITS[checkup.habit];
  const results: SectionedObservation[] = [bloodPressure(checkup, links, habit)];
  for (const section of SECTIONS_FIRST_TO_LAST) {
    for (const item of ITEMS.filter((one) => one.section === section)) {
      const value = checkup.found.body.get(item.id);
      if (value) results.push({ section, resource: result(checkup, links, item, value, name) });
    }
  }
  for (const oddity of checkup.oddities) spoil(results, oddity, checkup, links);
  return results;
}

/** One result of one item. */
export function result(checkup: Checkup, links: Links, item: Item, value: Value, name: number): Observation {
  const fastingKnownBySpecimen = item.section === 'chemistry' && links.specimen !== null;
  return {
    ...frame(checkup, links, item.local, item.section),
    ...(fastingKnownBySpecimen ? { specimen: { reference: links.specimen ?? '' } } : {}),
    ...observe(item, value, checkup.client.sex, HABITS[checkup.habit], name),
  };
}

function frame(checkup: Checkup, links: Links, local: string, section: Section): Omit<Observation, 'code'> {
  const vital = ['BP', 'HR', 'HT', 'WT', 'BMI'].includes(local);
  return {
    resourceType: 'Observation',
    identifier: [{ system: SYSTEMS.result, value: resultNumber(checkup, local) }],
    status: 'final',
    category: vital ? VITAL_SIGNS : section === 'physical' ? EXAM : LABORATORY,
    subject: { reference: links.patient },
    encounter: { reference: links.encounter },
    effectiveDateTime: chinaTime(checkup.drawnAt),
    issued: chinaTime(
      section === 'physical' ? Math.min(checkup.drawnAt + HOUR, checkup.issuedAt) : checkup.issuedAt,
    ),
  };
}

/** The number by which the laboratory knows one result of a checkup, in every version of it. */
export function resultNumber({ number }: Pick<Checkup, 'number'>, local: string): string {
  return `${number}-${local}`;
}

const SYSTOLIC = pressure('systolic', '8480-6', 'SBP', 'Systolic blood pressure', '收缩压');
const DIASTOLIC = pressure('diastolic', '8462-4', 'DBP', 'Diastolic blood pressure', '舒张压');
const PRESSURE = pressure('blood-pressure', '85354-9', 'BP', 'Blood pressure panel', '血压');

function pressure(id: string, loinc: string, local: string, en: string, name: string): Item {
  return {
    id,
    loinc,
    local,
    en,
    names: [name],
    kind: 'number',
    units: ['mm[Hg]', 'mmHg', '毫米汞柱'],
    decimals: 0,
    section: 'physical',
  };
}

function bloodPressure(checkup: Checkup, links: Links, habit: LaboratoryHabit): SectionedObservation {
  const component = [SYSTOLIC, DIASTOLIC].map((item) => {
    const value = checkup.found.body.get(item.id);
    const number = value && 'number' in value ? printed(value.number, item) : 0;
    return { code: codeOf(item, habit, 0), valueQuantity: quantityOf(item, habit, number) };
  });
  const resource = {
    ...frame(checkup, links, 'BP', 'physical'),
    code: codeOf(PRESSURE, habit, 0),
    component,
  };
  return { section: 'physical', resource };
}

/** Items and units that no vocabulary knows, and a creatinine that lost its unit. */
function spoil(results: SectionedObservation[], oddity: Oddity, checkup: Checkup, links: Links): void {
  const find = (local: string): Observation | undefined =>
    results.find(({ resource }) => resource.identifier?.[0]?.value === resultNumber(checkup, local))
      ?.resource;
  if (oddity === 'unknown-item') {
    const code = {
      coding: [{ system: LOCAL_CODES, code: 'TZ-07', display: '体质辨识总分' }],
      text: '体质辨识总分',
    };
    const valueQuantity = { value: 42 + (Math.floor(checkup.drawnAt / MINUTE) % 30), unit: '分' };
    results.push({
      section: 'physical',
      resource: { ...frame(checkup, links, 'TZ-07', 'physical'), code, valueQuantity },
    });
  }
  if (oddity === 'unknown-unit') {
    const homocysteine = find('HCY')?.valueQuantity;
    if (homocysteine) renameUnit(homocysteine, '浓度单位');
  }
  if (oddity === 'missing-unit') {
    const creatinine = find('CREA')?.valueQuantity;
    if (creatinine) renameUnit(creatinine, undefined);
  }
}

function renameUnit(quantity: Quantity, unit: string | undefined): void {
  delete quantity.system;
  delete quantity.code;
  if (unit === undefined) delete quantity.unit;
  else quantity.unit = unit;
}

const REPORT_SECTION = 'http://terminology.hl7.org/CodeSystem/v2-0074';

/** A department's report with its conclusion in Chinese. */
export function reportOf(
  checkup: Checkup,
  links: Links,
  { exam, text, category }: Conclusion,
): DiagnosticReport {
  const { name, section, loinc, department } = EXAMS[exam];
  const coded = loinc !== undefined && HABITS[checkup.habit].codes !== 'local';
  return {
    resourceType: 'DiagnosticReport',
    identifier: [{ system: SYSTEMS.report, value: `${checkup.number}-${exam.toUpperCase()}` }],
    status: 'final',
    category: [{ coding: [{ system: REPORT_SECTION, code: section }] }],
    code: { ...(coded ? { coding: [{ system: 'http://loinc.org', code: loinc }] } : {}), text: name },
    subject: { reference: links.patient },
    encounter: { reference: links.encounter },
    effectiveDateTime: chinaTime(checkup.drawnAt),
    issued: chinaTime(checkup.issuedAt),
    performer: [{ display: department }],
    conclusion: text,
    ...(category ? { conclusionCode: [{ coding: [{ code: category }], text: category }] } : {}),
  };
}

/** The laboratory's own report of one section: it only lists its results. */
export function laboratoryReportOf(
  checkup: Checkup,
  links: Links,
  section: Section,
  results: readonly string[],
): DiagnosticReport {
  return {
    resourceType: 'DiagnosticReport',
    identifier: [{ system: SYSTEMS.report, value: `${checkup.number}-${section.toUpperCase()}` }],
    status: 'final',
    category: [{ coding: [{ system: REPORT_SECTION, code: 'LAB' }] }],
    code: { text: SECTION_NAMES[section] },
    subject: { reference: links.patient },
    encounter: { reference: links.encounter },
    effectiveDateTime: chinaTime(checkup.drawnAt),
    issued: chinaTime(checkup.issuedAt),
    result: results.map((reference) => ({ reference })),
  };
}
