import { type Level } from '../../assessment/domain/level.js';
import { type LevelOverride } from '../../assessment/domain/level-override.js';
import { type Prediction } from '../../assessment/domain/predict.js';
import { RISK_MODELS } from '../../risk-models/domain/registry.js';
import { TO_BE_CONFIRMED } from './render-finding.js';

/** An assessment as it is kept, in one of its versions. */
export interface LevelShown {
  id: string;
  personId: string;
  version: number;
  /** When the level was computed. */
  assessedAt: Date;
  /** When what is shown last changed, the doctor's own level included; as computed where that is left out. */
  updatedAt?: Date;
  level: Level;
  /** A doctor's own level, while it counts (or counted). */
  override?: LevelOverride | null;
}

export const LEVEL_SYSTEM = 'urn:firstcall:risk-level';
const OVERRIDE_SYSTEM = 'urn:firstcall:risk-level-override';
const MODEL_SYSTEM = 'urn:firstcall:risk-model';
const LEVEL_NAMES: Readonly<Record<string, string>> = {
  1: '1 级：高度怀疑肿瘤或严重慢病 level 1: highly suspicious of tumour, or severe chronic disease',
  2: '2 级：中度慢病或肿瘤相关指标异常 level 2: moderate chronic disease, or abnormal tumour-related measures',
  3: '3 级：轻度或新发慢病 level 3: mild or newly found chronic disease',
  4: '4 级：慢病高危因素 level 4: risk factors of chronic disease',
  5: '5 级：未见异常或控制良好 level 5: none of these, or well controlled',
  unknown: '尚不能定级 not known yet',
};

/** 评估 as a RiskAssessment: the level, what it rests on, and what could not be judged. */
export function renderLevel(shown: LevelShown): fhir4.RiskAssessment {
  const { id, personId, version, assessedAt, updatedAt = assessedAt, level, override } = shown;
  const basis = new Map(
    level.reasons.flatMap(({ basis: results }) =>
      results.map(
        ({ type, id: result }) => [`${type}/${result}`, { reference: `${type}/${result}` }] as const,
      ),
    ),
  );
  const rationale = level.reasons.map(({ level: one, sentence }) => `${one} 级：${sentence.zh}`).join('\n');
  const isToBeConfirmed = level.reasons.some(({ review }) => review === 'pending');
  return {
    resourceType: 'RiskAssessment',
    id,
    meta: {
      versionId: String(version),
      lastUpdated: updatedAt.toISOString(),
      ...(isToBeConfirmed && { tag: [TO_BE_CONFIRMED] }),
    },
    identifier: [{ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` }],
    status: 'final',
    code: { text: '五级风险分层 five-level risk stratification' },
    subject: { reference: `Patient/${personId}` },
    occurrenceDateTime: assessedAt.toISOString(),
    ...(basis.size > 0 && { basis: [...basis.values()] }),
    prediction: [
      {
        qualitativeRisk: {
          coding: [
            { system: LEVEL_SYSTEM, code: level.code, display: LEVEL_NAMES[level.code] ?? level.code },
          ],
          text: level.text,
        },
        ...(rationale && { rationale }),
      },
      ...(override ? [overrideOf(override)] : []),
      ...level.predictions.flatMap(predictionOf),
    ],
    ...(level.notes.length > 0 && { note: level.notes.map(({ zh, en }) => ({ text: `${zh} ${en}` })) }),
  };
}

/** Beside the computed level, with a system of its own: nobody takes the one for the other. */
function overrideOf({ code, reason, doctor, madeAt, until }: LevelOverride): fhir4.RiskAssessmentPrediction {
  return {
    qualitativeRisk: {
      coding: [{ system: OVERRIDE_SYSTEM, code, display: LEVEL_NAMES[code] ?? code }],
      text: `医生改定为 ${code} 级 set to level ${code} by a doctor`,
    },
    whenPeriod: { start: madeAt.toISOString(), end: until.toISOString() },
    rationale: `${doctor}：${reason}`,
  };
}

/** One prediction a risk model that applies; a value that is no probability is told in words. */
function predictionOf({ model: id, value, class: inClass }: Prediction): fhir4.RiskAssessmentPrediction[] {
  const model = RISK_MODELS.find((one) => one.id === id);
  if (value === null || !model) return [];
  const { title, unit, classes } = model;
  const named = inClass === null ? undefined : classes[inClass];
  const said = `${value}${unit === '1' ? '' : ` ${unit}`}${named ? `，${named.zh} ${named.en}` : ''}`;
  return [
    {
      outcome: { coding: [{ system: MODEL_SYSTEM, code: id, display: title.zh }], text: title.zh },
      ...(unit === '%' && { probabilityDecimal: Number(value) }),
      rationale: said,
    },
  ];
}
