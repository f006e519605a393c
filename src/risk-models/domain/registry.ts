import { CHADS2 } from './chads2.js';
import { CHINA_PAR } from './china-par.js';
import { CHINESE_DIABETES_SCORE } from './chinese-diabetes-score.js';
import { CKD_EPI_2021_CR, CKD_EPI_2021_CR_CYS } from './ckd-epi-2021.js';
import { ESTIMATED_AVERAGE_GLUCOSE } from './estimated-average-glucose.js';
import { FIB_4 } from './fib-4.js';
import { FINDRISC } from './findrisc.js';
import { HOMA_IR } from './homa-ir.js';
import { LDL_FRIEDEWALD } from './ldl-friedewald.js';
import { LUND_MALMO_REVISED } from './lund-malmo.js';
import { MEWS } from './mews.js';
import { type RiskModel } from './model.js';
import { NEWS2 } from './news2.js';
import {
  PREVENT_ASCVD,
  PREVENT_CHD,
  PREVENT_CVD,
  PREVENT_HF,
  PREVENT_STROKE,
  PREVENT_WITH_UACR,
} from './prevent.js';

/** Every model there is, in the order in which people are shown them. What arithmetic alone can say is a formula file. */
export const RISK_MODELS: readonly RiskModel[] = [
  CHINA_PAR,
  PREVENT_CVD,
  PREVENT_ASCVD,
  PREVENT_HF,
  PREVENT_CHD,
  PREVENT_STROKE,
  ...PREVENT_WITH_UACR,
  CKD_EPI_2021_CR,
  CKD_EPI_2021_CR_CYS,
  LUND_MALMO_REVISED,
  FINDRISC,
  CHINESE_DIABETES_SCORE,
  FIB_4,
  CHADS2,
  NEWS2,
  MEWS,
  LDL_FRIEDEWALD,
  HOMA_IR,
  ESTIMATED_AVERAGE_GLUCOSE,
];

/** The models of what may happen: what they say of somebody is shown beside the level. */
const PREDICTING: ReadonlySet<RiskModel> = new Set<RiskModel>([
  CHINA_PAR,
  PREVENT_CVD,
  PREVENT_ASCVD,
  PREVENT_HF,
  CHINESE_DIABETES_SCORE,
  FIB_4,
]);

/** In the order in which they are shown: China-PAR first (domain notes 06 §2). */
export const PREDICTING_MODELS: readonly RiskModel[] = RISK_MODELS.filter((model) => PREDICTING.has(model));
