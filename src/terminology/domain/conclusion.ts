import { type Coding, type Measurement } from '../../kernel/index.js';
import { type Meaning } from './analyte.js';
import { type CodeableConcept, type DiagnosticReport, type Observation } from './fhir-input.js';
import { conclusionMeaning } from './imaging.js';
import { readValue } from './values/read-value.js';
import { type Vocabulary } from './vocabulary.js';

const NEVER_EVIDENCE = new Set(['entered-in-error', 'cancelled', 'registered']);
const CONTAINED_STEP = 1_000;
const SENT_LENGTH = 2_000;

/**
 * The conclusion of a DiagnosticReport that isn't of category LAB (cytology always), and the Observations contained in
 * any report. Component 0 is the conclusion, or the category that its code or word surely names; then component 1 is
 * the wording beside the code. Component 1000·n + c is component c of the n-th contained resource.
 */
export function readReport(
  report: DiagnosticReport,
  vocabulary: Vocabulary,
  normaliseObservation: (observation: Observation) => Measurement[],
): Measurement[] {
  const contained = (report.contained ?? []).flatMap((resource, index) => {
    if (!isEvidence(resource)) return [];
    const step = CONTAINED_STEP * (index + 1);
    return normaliseObservation(resource).map((one) => ({ ...one, component: step + one.component }));
  });
  return [...conclusions(report, vocabulary), ...contained];
}

function isEvidence(resource: { resourceType: string; status?: string }): resource is Observation {
  return resource.resourceType === 'Observation' && !NEVER_EVIDENCE.has(resource.status ?? '');
}

function conclusions(report: DiagnosticReport, vocabulary: Vocabulary): Measurement[] {
  const meaning = meaningOf(report, vocabulary);
  if (isLaboratory(report) && meaning.analyte.id !== 'cytology') return [];
  const { text, unreadable } = textOf(report);
  const measurements = concluded(report.conclusionCode ?? [], text, meaning, vocabulary);
  if (unreadable)
    measurements.push({ ...conclusion(measurements.length, meaning, null, ''), doubts: [unreadable] });
  return measurements;
}

/** A category where a code or the whole text names one, the wording where there is more to read. */
function concluded(
  codes: CodeableConcept[],
  text: string,
  meaning: Meaning,
  vocabulary: Vocabulary,
): Measurement[] {
  const coded =
    codes.map((concept) => categoryOf(concept, meaning, vocabulary)).find((one) => one !== null) ?? null;
  const worded = text === '' ? null : categoryOf({ text }, meaning, vocabulary);
  if (coded === null && worded === null) {
    const codings = codes.flatMap((concept) => concept.coding ?? []);
    const all = withCodeTexts(text, codes);
    const isSilent = all === '' && codings.length === 0;
    return isSilent ? [] : [conclusion(0, meaning, { kind: 'text', text: all, codings }, all)];
  }
  if (coded === null || coded === worded || text === '') {
    const category = (coded ?? worded)!;
    return [conclusion(0, meaning, { kind: 'category', category }, text || category)];
  }
  const second: Measurement['value'] =
    worded === null ? { kind: 'text', text, codings: [] } : { kind: 'category', category: worded };
  return [
    conclusion(0, meaning, { kind: 'category', category: coded }, coded),
    conclusion(1, meaning, second, text),
  ];
}

function conclusion(
  component: number,
  meaning: Meaning,
  value: Measurement['value'],
  sent: string,
): Measurement {
  const asSent = sent.slice(0, SENT_LENGTH);
  return { component, analyte: meaning.analyte.countsAs, value, asSent, ownLimit: null, doubts: [] };
}

function meaningOf(report: DiagnosticReport, vocabulary: Vocabulary): Meaning {
  for (const { system, code } of report.code?.coding ?? []) {
    const meaning = code === undefined ? undefined : vocabulary.byCode(system, code);
    if (meaning?.analyte.id === 'cytology') return meaning;
  }
  if (hasCategory(report, 'CP'))
    return { analyte: vocabulary.get('cytology')!, coded: true, fastingIn: null };
  return conclusionMeaning(report.code, vocabulary);
}

/** v2-0074 LAB, or the Observation category laboratory; its sections (HM, CH …) are not LAB by themselves. */
function isLaboratory(report: DiagnosticReport): boolean {
  return hasCategory(report, 'LAB') || hasCategory(report, 'laboratory');
}

function hasCategory(report: DiagnosticReport, wanted: string): boolean {
  return (report.category ?? []).some((concept) => concept.coding?.some(({ code }) => code === wanted));
}

/** The category that a code or a whole text surely names. */
function categoryOf(concept: CodeableConcept, meaning: Meaning, vocabulary: Vocabulary): string | null {
  if (meaning.analyte.nature !== 'category') return null;
  const read = readValue({ valueCodeableConcept: concept }, meaning, vocabulary);
  return 'value' in read && read.value.kind === 'category' ? read.value.category : null;
}

interface ReportText {
  text: string;
  /** A plain text that could not be decoded. */
  unreadable: Measurement['doubts'][number] | null;
}

function textOf(report: DiagnosticReport): ReportText {
  const forms = (report.presentedForm ?? []).map(decodePlain);
  const text = unique([report.conclusion ?? '', ...forms.filter((form) => form !== null)]).join('\n');
  const unreadable = {
    reason: 'unreadable' as const,
    detail: 'presentedForm: text/plain that cannot be decoded',
  };
  return { text, unreadable: forms.includes(null) ? unreadable : null };
}

function withCodeTexts(text: string, codes: readonly CodeableConcept[]): string {
  const words = codes.map(
    (concept) => concept.text ?? concept.coding?.map((coding: Coding) => coding.display).find(Boolean) ?? '',
  );
  return unique([text, ...words.filter((word) => !text.includes(word))]).join('\n');
}

function unique(texts: string[]): string[] {
  return [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))];
}

/** Empty when the form is no plain text; null when it can't be decoded. */
function decodePlain(form: { contentType?: string; data?: string }): string | null {
  if (form.data === undefined || !form.contentType?.toLowerCase().startsWith('text/plain')) return '';
  const charset = /charset=["']?([\w-]+)/i.exec(form.contentType)?.[1] ?? 'utf-8';
  try {
    const binary = atob(form.data);
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
