import { type Coding, type Measurement } from '../../kernel/index.js';
import { type CodeableConcept, type DiagnosticReport, type Observation } from './fhir-input.js';
import { conclusionMeaning } from './imaging.js';
import { readValue } from './values/read-value.js';
import { type Vocabulary } from './vocabulary.js';

const NEVER_EVIDENCE = new Set(['entered-in-error', 'cancelled', 'registered']);
const CONTAINED_STEP = 1_000;
const MAX_TEXT = 20_000;

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
    return normaliseObservation(resource).map((one) => ({
      ...one,
      component: CONTAINED_STEP * (index + 1) + one.component,
    }));
  });
  return [...conclusions(report, vocabulary), ...contained];
}

function isEvidence(resource: { resourceType: string; status?: string }): resource is Observation {
  return resource.resourceType === 'Observation' && !NEVER_EVIDENCE.has(resource.status ?? '');
}

function conclusions(report: DiagnosticReport, vocabulary: Vocabulary): Measurement[] {
  const meaning = meaningOf(report, vocabulary);
  if (isLaboratory(report) && meaning.analyte.id !== 'cytology') return [];
  const codings = (report.conclusionCode ?? []).flatMap((concept) => concept.coding ?? []);
  const coded = (report.conclusionCode ?? [])
    .map((concept) => readCode(concept, meaning, vocabulary))
    .find((one) => one !== null);
  const text = textOf(report);
  const worded = text === '' ? null : readCode({ text }, meaning, vocabulary);
  const measurement = (component: number, value: Measurement['value'], asSent: string): Measurement => ({
    component,
    analyte: meaning.analyte.countsAs,
    value,
    asSent,
    ownLimit: null,
    doubts: [],
  });
  if (coded && worded && coded !== worded) {
    return [
      measurement(0, { kind: 'category', category: coded }, coded),
      measurement(1, { kind: 'category', category: worded }, text),
    ];
  }
  const category = coded ?? worded;
  if (!category) {
    const all = withCodeTexts(text, report.conclusionCode ?? []);
    return all === '' && codings.length === 0
      ? []
      : [measurement(0, { kind: 'text', text: all, codings }, all)];
  }
  const own = measurement(0, { kind: 'category', category }, text === '' ? category : text);
  return text === '' || worded ? [own] : [own, measurement(1, { kind: 'text', text, codings: [] }, text)];
}

function meaningOf(report: DiagnosticReport, vocabulary: Vocabulary): ReturnType<typeof conclusionMeaning> {
  for (const { system, code } of report.code?.coding ?? []) {
    const meaning = code === undefined ? undefined : vocabulary.byCode(system, code);
    if (meaning?.analyte.id === 'cytology') return meaning;
  }
  const isCytology = (report.category ?? []).some((concept) =>
    concept.coding?.some(({ code }) => code === 'CP'),
  );
  if (isCytology) return { analyte: vocabulary.get('cytology')!, coded: true, fastingIn: null };
  return conclusionMeaning(report.code, vocabulary);
}

/** v2-0074 LAB, or the Observation category laboratory; its sections (HM, CH …) are not LAB by themselves. */
function isLaboratory(report: DiagnosticReport): boolean {
  return (report.category ?? []).some((concept) =>
    concept.coding?.some(({ code }) => code === 'LAB' || code === 'laboratory'),
  );
}

/** The category that a code or a whole text surely names. */
function readCode(
  concept: CodeableConcept,
  meaning: ReturnType<typeof conclusionMeaning>,
  vocabulary: Vocabulary,
): string | null {
  if (meaning.analyte.nature !== 'category') return null;
  const read = readValue({ valueCodeableConcept: concept }, meaning, vocabulary);
  return 'value' in read && read.value.kind === 'category' ? read.value.category : null;
}

function textOf(report: DiagnosticReport): string {
  const forms = (report.presentedForm ?? []).map(decodePlain);
  return unique([report.conclusion ?? '', ...forms])
    .join('\n')
    .slice(0, MAX_TEXT);
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

function decodePlain(form: { contentType?: string; data?: string }): string {
  if (form.data === undefined || !form.contentType?.toLowerCase().startsWith('text/plain')) return '';
  const charset = /charset=["']?([\w-]+)/i.exec(form.contentType)?.[1] ?? 'utf-8';
  try {
    const bytes = Uint8Array.from(atob(form.data.replace(/\s+/g, '')), (char) => char.charCodeAt(0));
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return '';
  }
}
