import { type ResultContext } from '../../terminology/index.js';

/** Eight hours without food: how the fasting glucose of the diabetes guidelines is defined. */
const FASTING_HOURS = 8;
const CHECKUP = /体检|健康检查|健康体检|check-?up|health examination/i;
const IN_HOURS: Record<string, number> = { min: 1 / 60, h: 1, d: 24 };

/** The words of requests, whole: anything longer may say more. */
const FASTING_WORDS = /^(空腹|已空腹|空腹采血|禁食|fasting|patient was fasting.*)$/i;
const NOT_FASTING_WORDS = /^(非空腹|未空腹|餐后|饭后|non-?fasting|not fasting|patient was not fasting.*)$/i;

/** Whether the specimen was taken fasting (HL7 v2 table 0916: F, NF; or in words), null when it does not say. */
export function fastingOf(specimen: fhir4.Specimen | null): ResultContext['fasting'] {
  const collection = specimen?.collection;
  if (!collection) return null;
  const { coding = [], text } = collection.fastingStatusCodeableConcept ?? {};
  const codes = coding.map(({ code }) => code);
  if (codes.includes('F')) return 'fasting';
  if (codes.includes('NF')) return 'postprandial';
  const words = [text, ...coding.map(({ display }) => display)].map(
    (one) => one?.normalize('NFKC').trim() ?? '',
  );
  if (words.some((one) => NOT_FASTING_WORDS.test(one))) return 'postprandial';
  if (words.some((one) => FASTING_WORDS.test(one))) return 'fasting';
  const duration = collection.fastingStatusDuration;
  const hours = (duration?.value ?? NaN) * (IN_HOURS[duration?.code ?? duration?.unit ?? ''] ?? NaN);
  if (Number.isNaN(hours)) return null;
  return hours >= FASTING_HOURS ? 'fasting' : 'postprandial';
}

const settings = new WeakMap<fhir4.Encounter, ResultContext['setting']>();

/** The care setting of an encounter: by class, and a checkup by its type. All results of a checkup ask for the same one. */
export function settingOf(encounter: fhir4.Encounter | null): ResultContext['setting'] {
  if (!encounter) return null;
  let setting = settings.get(encounter);
  if (setting === undefined) settings.set(encounter, (setting = readSetting(encounter)));
  return setting;
}

function readSetting(encounter: fhir4.Encounter): ResultContext['setting'] {
  const types = [...(encounter.type ?? []), ...(encounter.serviceType ? [encounter.serviceType] : [])];
  const words = types.flatMap((type) => [type.text, ...(type.coding ?? []).map((coding) => coding.display)]);
  if (words.some((word) => word && CHECKUP.test(word))) return 'checkup';
  switch (encounter.class.code) {
    case 'IMP':
    case 'ACUTE':
    case 'NONAC':
      return 'inpatient';
    case 'HH':
      return 'home';
    case 'AMB':
      return 'outpatient';
    case 'EMER':
      return 'emergency';
    default:
      return null;
  }
}
