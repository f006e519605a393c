import { type FindingDraft } from '../../assessment/index.js';
import { type Coding, type Measurement } from '../../kernel/index.js';
import { shortHash } from '../../people/domain/content.js';
import { type StoredResult } from '../../people/index.js';
import { CALLING_DEFAULTS } from '../../policy/domain/calling.js';
import { type Urgency, URGENCIES } from '../../policy/domain/urgency.js';
import { type Bilingual } from '../../rules/index.js';

/** Where reports by hand come from, as messages name their feed. No key has this id, so no machine sends as it. */
export const BY_HAND = 'by-hand';
/** Identifiers of reports by hand: whoever wrote it down, and the key that they gave it. */
export const HAND_REPORT_SYSTEM = 'urn:firstcall:manual-report';
const DEPARTMENT_SYSTEM = 'urn:firstcall:department';
/** The same code under its English name: a report is read by the names of its own time. */
const DEPARTMENT_IN_ENGLISH = 'urn:firstcall:department:en';
const CLASS_SYSTEM = 'urn:firstcall:class';
const ACTOR_SYSTEM = 'urn:firstcall:actor';
const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
const RESTRICTED = 'R';
/** The pack that their findings are named by: `manual/ultrasound`. */
const PACK = 'manual/';

/** What a department reports by hand. */
export interface HandReport {
  personId: string;
  /** 科室, by its id in the policy. */
  department: string;
  class: Urgency;
  text: string;
  /** Who found it, as they are called. */
  reporter: string;
  isConfidential: boolean;
}

/** Who wrote it down, under which key of their own, and when. */
export interface WrittenBy {
  /** `user:ID` or `key:ID`. */
  actor: string;
  key: string;
  at: Date;
}

/**
 * The report as a result like any other: what it says is read from this alone, whenever it is judged.
 * @param name of the department, as the policy calls it now
 */
export function asObservation(
  report: HandReport,
  { zh, en }: Bilingual,
  { actor, key, at }: WrittenBy,
): fhir4.Observation {
  return {
    resourceType: 'Observation',
    ...(report.isConfidential && { meta: { security: [{ system: CONFIDENTIALITY, code: RESTRICTED }] } }),
    identifier: [identifierOf(actor, key)],
    status: 'final',
    category: [
      {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'exam' }],
      },
    ],
    code: {
      coding: [
        { system: DEPARTMENT_SYSTEM, code: report.department, display: zh },
        { system: DEPARTMENT_IN_ENGLISH, code: report.department, display: en },
      ],
      text: `${zh}上报`,
    },
    subject: { reference: `Patient/${report.personId}` },
    issued: at.toISOString(),
    performer: [{ display: report.reporter }, { identifier: { system: ACTOR_SYSTEM, value: actor } }],
    valueString: report.text,
    interpretation: [{ coding: [{ system: CLASS_SYSTEM, code: report.class }] }],
  };
}

export function identifierOf(actor: string, key: string): { system: string; value: string } {
  return { system: HAND_REPORT_SYSTEM, value: `${actor}/${key}` };
}

/** The same report, withdrawn as entered in error: a version that outranks it, and says why. */
export function withdrawn(
  report: fhir4.Observation,
  { reason, actor, now }: { reason: string; actor: string; now: Date },
): fhir4.Observation {
  const issued = new Date(Math.max(now.getTime(), Date.parse(report.issued ?? ''))).toISOString();
  const note = { authorString: actor, time: now.toISOString(), text: reason };
  return { ...report, status: 'entered-in-error', issued, note: [note] };
}

/** What a report says; null for a resource that is none. */
export function reportOf({
  code,
  subject,
  performer,
  interpretation,
  valueString,
  meta,
}: fhir4.Observation): HandReport | null {
  const department = code.coding?.find(({ system }) => system === DEPARTMENT_SYSTEM)?.code;
  const given = interpretation?.[0]?.coding?.find(({ system }) => system === CLASS_SYSTEM)?.code;
  if (department === undefined || !isUrgency(given) || valueString === undefined) return null;
  return {
    personId: subject?.reference?.replace(/^Patient\//, '') ?? '',
    department,
    class: given,
    text: valueString,
    reporter: performer?.[0]?.display ?? '',
    isConfidential: meta?.security?.some(({ code: one }) => one === RESTRICTED) ?? false,
  };
}

/** What was measured, if that is the word: the text, under a name of its own that no vocabulary holds. */
export function measuredByHand(observation: fhir4.Observation): Measurement[] {
  const report = reportOf(observation);
  if (!report) return [];
  const { coding = [] } = observation.code;
  const named = (of: string): Coding[] => coding.filter(({ system }) => system === of);
  const english = named(DEPARTMENT_IN_ENGLISH);
  const codings: Coding[] = [
    { system: CLASS_SYSTEM, code: report.class },
    { system: ACTOR_SYSTEM, code: observation.performer?.[1]?.identifier?.value, display: report.reporter },
    ...(report.isConfidential ? [{ system: CONFIDENTIALITY, code: RESTRICTED }] : []),
    // Reports of before hold one name alone, and are read by the names that were built in then.
    ...(english.length > 0 ? [...named(DEPARTMENT_SYSTEM), ...english] : []),
  ];
  return [
    {
      component: 0,
      analyte: PACK + report.department,
      value: { kind: 'text', text: report.text, codings },
      asSent: report.text,
      ownLimit: null,
      doubts: [],
    },
  ];
}

/** Whether a stored result is a report by hand: no other source names what it measured so. */
export function isByHand({ measurements }: Pick<StoredResult, 'measurements'>): boolean {
  return measurements.some(({ analyte }) => analyte?.startsWith(PACK));
}

/** Whether a finding was made by a report by hand. */
export function isFoundByHand({ ruleId }: { ruleId: string }): boolean {
  return ruleId.startsWith(PACK);
}

const HIDDEN: Bilingual = { zh: '保密结果', en: 'a confidential result' };

/**
 * The finding that a report by hand makes: no rule decides it, so none can take it back.
 * @param ageYears of the person at the time
 */
export function draftByHand(
  result: StoredResult,
  { ageYears, hasPerson }: { ageYears: number | null; hasPerson: boolean },
): FindingDraft[] {
  return result.measurements.flatMap((measurement): FindingDraft | [] => {
    const { analyte, value, component, asSent, freshFrom } = measurement;
    const department = analyte?.slice(PACK.length);
    if (!analyte?.startsWith(PACK) || !department || value?.kind !== 'text') return [];
    const of = (system: string): Coding | undefined => value.codings.find((one) => one.system === system);
    const urgency = of(CLASS_SYSTEM)?.code;
    if (!isUrgency(urgency)) return [];
    const isConfidential = of(CONFIDENTIALITY) !== undefined;
    const by = of(ACTOR_SYSTEM);
    const said = isConfidential ? HIDDEN : { zh: value.text, en: value.text };
    const name = nameOf(department, of(DEPARTMENT_SYSTEM)?.display, of(DEPARTMENT_IN_ENGLISH)?.display);
    const at = result.at.toISOString();
    return {
      ruleId: analyte,
      component,
      kind: hasPerson ? 'finding' : 'review',
      status: 'final',
      urgency,
      toldValue: shortHash(`${analyte}\n${value.text}`),
      evidence: {
        title: { zh: `${name.zh}上报`, en: `Reported by ${name.en.toLowerCase()}` },
        sentence: { zh: `${name.zh}上报：${said.zh}`, en: `${name.en} reports: ${said.en}` },
        advice: {},
        source: `${name.zh} ${by?.display ?? ''}`.trim(),
        ruleClass: urgency === 'important' ? null : urgency,
        review: null,
        leaves: [
          {
            fact: analyte, analyte, operator: 'reported', threshold: '', unit: null, negated: false, truth: 'fires',
            couldFire: false, asSent, isUnitKnown: true, converted: value.text,
            source: { observationId: result.id, component, at, status: result.status },
          },
        ], // prettier-ignore
        missing: [],
        implicated: [{ type: 'Observation', id: result.id, version: result.version }],
        undecided: hasPerson ? null : 'no-person',
        isGrave: urgency === 'A',
        freshFrom,
        isHistory: false,
        ageYears,
        at,
        reported: { department, by: by?.display ?? '', recordedBy: by?.code ?? '' },
        ...(isConfidential && { isConfidential }),
      },
    };
  });
}

/** As the report itself says; of a report of before as it was built in. */
function nameOf(department: string, zh: string | undefined, en: string | undefined): Bilingual {
  if (zh !== undefined && en !== undefined) return { zh, en };
  const builtIn = CALLING_DEFAULTS.departments.find(({ id }) => id === department);
  return builtIn?.name ?? { zh: department, en: department };
}

function isUrgency(given: string | undefined): given is Urgency {
  return (URGENCIES as readonly (string | undefined)[]).includes(given);
}
