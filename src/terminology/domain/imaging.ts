import { type Meaning } from './analyte.js';
import { type CodeableConcept, type Observation, type Valued } from './fhir-input.js';
import { type Vocabulary } from './vocabulary.js';

const IMAGING_NAME =
  /超声|超聲|彩超|B超|(?<![a-z])(?:CT|MRI|MRCP|PET)(?![a-z])|核磁|磁共振|X线|X光|胸片|钼靶|胃镜|肠镜|内镜|影像|心电|(?<![a-z])(?:ECG|EKG)(?![a-z])|holter|ultraso|x-?ray|radiolog|mammogra|endoscop/i;
const CYTOLOGY_NAME =
  /TCT|LCT|液基|细胞学|細胞學|宫颈涂片|巴氏涂片|宫颈刮片|cytolog|pap(anicolaou)? (smear|test)/i;

/** Words or a code about an image, an ECG or a smear, under a code that the vocabulary doesn't know. */
export function isConclusion(valued: Valued, parent: Observation): boolean {
  if (valued.valueString === undefined && valued.valueCodeableConcept === undefined) return false;
  return (
    isImagingCategory(parent.category) ||
    isCytologyName(valued.code) ||
    names(valued.code).some((name) => IMAGING_NAME.test(name))
  );
}

function isImagingCategory(category: readonly CodeableConcept[] | undefined): boolean {
  return (category ?? []).some((concept) => concept.coding?.some(({ code }) => code === 'imaging'));
}

/** A smear by its name: 液基薄层细胞学(TCT), Pap smear. */
export function isCytologyName(code: CodeableConcept | undefined): boolean {
  return names(code).some((name) => CYTOLOGY_NAME.test(name.normalize('NFKC')));
}

function names(code: CodeableConcept | undefined): string[] {
  return [code?.text, ...(code?.coding ?? []).map((coding) => coding.display)].filter(
    (name) => name !== undefined,
  );
}

/** `cytology` for smears, `imaging-conclusion` for everything else that is concluded in words. */
export function conclusionMeaning(code: CodeableConcept | undefined, vocabulary: Vocabulary): Meaning {
  const id = isCytologyName(code) ? 'cytology' : 'imaging-conclusion';
  return { analyte: vocabulary.get(id)!, coded: false, fastingIn: null };
}
