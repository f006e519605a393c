/**
 * What a checkup measures: codes and Chinese names as the code list gives them (blood count, chemistry, lipids,
 * urine, stool, markers, vital signs), with the unit spellings that laboratories send.
 *
 * The reference ranges only dress the sample: usual adult intervals as printed on Chinese reports (WS/T 404 and 405,
 * recalled); the limits of tumour markers are the usual upper limits of the marker table (AFP 7, CEA 5, CA19-9 37,
 * CA125 35, CA15-3 30, tPSA 4.0). No rule reads a number from here.
 */
export interface Item {
  /** Name of the value in a `Body`. */
  id: string;
  loinc: string;
  /** Item code of the local laboratory system. */
  local: string;
  /** English name, then the Chinese names that different laboratories print. */
  en: string;
  names: readonly [string, ...string[]];
  kind: 'number' | 'ordinal' | 'cells' | 'presence';
  /** UCUM first, then other spellings of the same unit. */
  units: readonly string[];
  decimals: number;
  /** Usual limits, for men and women where they differ. */
  range?: Range | { male: Range; female: Range };
  section: Section;
}

export type Range = readonly [low: number | null, high: number | null];
export type Section =
  'blood-count' | 'urine' | 'stool' | 'chemistry' | 'lipids' | 'thyroid' | 'tumour-markers' | 'physical';

export const SECTION_NAMES: Record<Section, string> = {
  'blood-count': '血常规',
  urine: '尿常规',
  stool: '便常规',
  chemistry: '生化',
  lipids: '血脂',
  thyroid: '甲状腺功能',
  'tumour-markers': '肿瘤标志物',
  physical: '一般检查',
};

const CELLS = ['10*9/L', '10^9/L', '×10^9/L', '×10⁹/L', 'x10^9/L', '10E9/L'];
const RED_CELLS = ['10*12/L', '10^12/L', '×10^12/L', '×10¹²/L'];
const MICROMOLES = ['umol/L', 'μmol/L', '\u00b5mol/L', 'umol/l'];
const MILLIMOLES = ['mmol/L', 'mmol/l'];
const UNITS = ['U/L', 'IU/L', 'u/l'];
const FIELD = ['/[HPF]', '/HP', '/HPF', '个/HP', '个/高倍视野'];
const MARKER_MASS = ['ng/mL', 'ng/ml', 'μg/L'];
const MARKER_UNITS = ["[arb'U]/mL", 'U/mL', 'U/ml'];

type Row = [
  id: string,
  loinc: string,
  local: string,
  en: string,
  names: string,
  kind: Item['kind'],
  units: readonly string[],
  decimals: number,
  range?: Item['range'],
];

// One row an item, to be read as a table.
// prettier-ignore
const ROWS: Record<Section, readonly Row[]> = {
  'blood-count': [
    ['wbc', '6690-2', 'WBC', 'Leukocytes', '白细胞计数 白细胞 白细胞计数(WBC)', 'number', CELLS, 2, [3.5, 9.5]],
    ['rbc', '789-8', 'RBC', 'Erythrocytes', '红细胞计数 红细胞', 'number', RED_CELLS, 2, bySex([4.3, 5.8], [3.8, 5.1])],
    ['hb', '718-7', 'HGB', 'Hemoglobin', '血红蛋白 血红蛋白浓度', 'number', ['g/L', 'g/l'], 0, bySex([130, 175], [115, 150])],
    ['hct', '4544-3', 'HCT', 'Hematocrit', '红细胞压积', 'number', ['%', '％'], 1, bySex([40, 50], [35, 45])],
    ['mcv', '787-2', 'MCV', 'MCV', '平均红细胞体积', 'number', ['fL', 'fl'], 1, [82, 100]],
    ['mch', '785-6', 'MCH', 'MCH', '平均红细胞血红蛋白量', 'number', ['pg'], 1, [27, 34]],
    ['mchc', '786-4', 'MCHC', 'MCHC', '平均红细胞血红蛋白浓度', 'number', ['g/L'], 0, [316, 354]],
    ['plt', '777-3', 'PLT', 'Platelets', '血小板计数 血小板', 'number', CELLS, 0, [125, 350]],
    ['neut', '751-8', 'NEUT#', 'Neutrophils', '中性粒细胞绝对值', 'number', CELLS, 2, [1.8, 6.3]],
    ['neut-percent', '770-8', 'NEUT%', 'Neutrophils/100 leukocytes', '中性粒细胞百分比', 'number', ['%', '％'], 1, [40, 75]],
    ['lymph', '731-0', 'LYMPH#', 'Lymphocytes', '淋巴细胞绝对值', 'number', CELLS, 2, [1.1, 3.2]],
    ['lymph-percent', '736-9', 'LYMPH%', 'Lymphocytes/100 leukocytes', '淋巴细胞百分比', 'number', ['%'], 1, [20, 50]],
    ['eos-percent', '713-8', 'EOS%', 'Eosinophils/100 leukocytes', '嗜酸性粒细胞百分比', 'number', ['%'], 1, [0.4, 8]],
  ],
  urine: [
    ['urine-protein', '20454-5', 'U-PRO', 'Protein in urine', '尿蛋白', 'ordinal', [], 0],
    ['urine-glucose', '25428-4', 'U-GLU', 'Glucose in urine', '尿糖 尿葡萄糖', 'ordinal', [], 0],
    ['urine-ketones', '2514-8', 'U-KET', 'Ketones in urine', '尿酮体', 'ordinal', [], 0],
    ['urine-blood', '5794-3', 'U-BLD', 'Hemoglobin in urine', '尿潜血', 'ordinal', [], 0],
    ['urine-leukocyte-esterase', '5799-2', 'U-LEU', 'Leukocyte esterase in urine', '尿白细胞酯酶', 'ordinal', [], 0],
    ['urine-ph', '5803-2', 'U-PH', 'pH of urine', '尿pH', 'number', ['[pH]'], 1, [4.5, 8]],
    ['urine-gravity', '5811-5', 'U-SG', 'Specific gravity of urine', '尿比重', 'number', ['1'], 3, [1.003, 1.03]],
    ['urine-rbc', '13945-1', 'U-RBC', 'Erythrocytes in urine sediment', '镜检红细胞', 'cells', FIELD, 0, [0, 3]],
    ['urine-wbc', '5821-4', 'U-WBC', 'Leukocytes in urine sediment', '镜检白细胞', 'cells', FIELD, 0, [0, 5]],
  ],
  stool: [
    ['stool-occult-blood', '29771-3', 'FOB', 'Occult blood in stool', '便潜血 粪便隐血', 'presence', [], 0],
  ],
  chemistry: [
    ['glucose-fasting', '14771-0', 'FPG', 'Fasting glucose', '空腹血糖 空腹血糖(GLU)', 'number', MILLIMOLES, 2, [3.9, 6.1]],
    ['hba1c', '4548-4', 'HBA1C', 'Hemoglobin A1c', '糖化血红蛋白', 'number', ['%'], 1, [4, 6]],
    ['creatinine', '14682-9', 'CREA', 'Creatinine', '肌酐 血肌酐', 'number', MICROMOLES, 0, bySex([57, 97], [41, 73])],
    ['urea', '22664-7', 'UREA', 'Urea', '尿素', 'number', MILLIMOLES, 2, [3.1, 8]],
    ['urate', '14933-6', 'UA', 'Urate', '尿酸 血尿酸', 'number', MICROMOLES, 0, bySex([208, 428], [155, 357])],
    ['cystatin-c', '33863-2', 'CYSC', 'Cystatin C', '胱抑素C', 'number', ['mg/L'], 2, [0.51, 1.09]],
    ['alt', '1742-6', 'ALT', 'ALT', '丙氨酸氨基转移酶 谷丙转氨酶', 'number', UNITS, 0, bySex([9, 50], [7, 40])],
    ['ast', '1920-8', 'AST', 'AST', '天门冬氨酸氨基转移酶 谷草转氨酶', 'number', UNITS, 0, bySex([15, 40], [13, 35])],
    ['ggt', '2324-2', 'GGT', 'GGT', 'γ-谷氨酰转移酶', 'number', UNITS, 0, bySex([10, 60], [7, 45])],
    ['alp', '6768-6', 'ALP', 'Alkaline phosphatase', '碱性磷酸酶', 'number', UNITS, 0, [35, 135]],
    ['bilirubin', '14631-6', 'TBIL', 'Total bilirubin', '总胆红素', 'number', MICROMOLES, 1, [3, 22]],
    ['bilirubin-direct', '14629-0', 'DBIL', 'Direct bilirubin', '直接胆红素', 'number', MICROMOLES, 1, [0, 8]],
    ['protein', '2885-2', 'TP', 'Total protein', '总蛋白', 'number', ['g/L'], 1, [65, 85]],
    ['albumin', '1751-7', 'ALB', 'Albumin', '白蛋白', 'number', ['g/L'], 1, [40, 55]],
    ['ck', '2157-6', 'CK', 'Creatine kinase', '肌酸激酶', 'number', UNITS, 0, bySex([50, 310], [40, 200])],
    ['ldh', '14804-9', 'LDH', 'LDH', '乳酸脱氢酶', 'number', UNITS, 0, [120, 250]],
    ['amylase', '1798-8', 'AMY', 'Amylase', '淀粉酶', 'number', UNITS, 0, [35, 135]],
    ['potassium', '2823-3', 'K', 'Potassium', '钾', 'number', MILLIMOLES, 2, [3.5, 5.3]],
    ['sodium', '2951-2', 'NA', 'Sodium', '钠', 'number', MILLIMOLES, 0, [137, 147]],
    ['chloride', '2075-0', 'CL', 'Chloride', '氯', 'number', MILLIMOLES, 0, [99, 110]],
    ['calcium', '2000-8', 'CA', 'Calcium', '总钙', 'number', MILLIMOLES, 2, [2.11, 2.52]],
    ['crp', '1988-5', 'CRP', 'C-reactive protein', 'C反应蛋白', 'number', ['mg/L'], 2, [null, 10]],
  ],
  lipids: [
    ['cholesterol', '14647-2', 'TC', 'Total cholesterol', '总胆固醇', 'number', MILLIMOLES, 2, [null, 5.2]],
    ['triglycerides', '14927-8', 'TG', 'Triglycerides', '甘油三酯', 'number', MILLIMOLES, 2, [null, 1.7]],
    ['hdl', '14646-4', 'HDL-C', 'HDL cholesterol', '高密度脂蛋白胆固醇', 'number', MILLIMOLES, 2, [1, null]],
    ['ldl', '22748-8', 'LDL-C', 'LDL cholesterol', '低密度脂蛋白胆固醇', 'number', MILLIMOLES, 2, [null, 3.4]],
    ['homocysteine', '13965-9', 'HCY', 'Homocysteine', '同型半胱氨酸', 'number', MICROMOLES, 1, [null, 15]],
  ],
  thyroid: [
    ['tsh', '3016-3', 'TSH', 'TSH', '促甲状腺激素', 'number', ['m[IU]/L', 'mIU/L', 'μIU/mL', 'uIU/ml'], 3, [0.27, 4.2]],
  ],
  'tumour-markers': [
    ['afp', '1834-1', 'AFP', 'AFP', '甲胎蛋白', 'number', MARKER_MASS, 2, [null, 7]],
    ['cea', '2039-6', 'CEA', 'CEA', '癌胚抗原', 'number', MARKER_MASS, 2, [null, 5]],
    ['ca199', '24108-3', 'CA19-9', 'CA 19-9', '糖类抗原19-9', 'number', MARKER_UNITS, 2, [null, 37]],
    ['ca125', '10334-1', 'CA125', 'CA 125', '糖类抗原125', 'number', MARKER_UNITS, 2, [null, 35]],
    ['ca153', '6875-9', 'CA15-3', 'CA 15-3', '糖类抗原15-3', 'number', MARKER_UNITS, 2, [null, 30]],
    ['psa', '2857-1', 'TPSA', 'PSA', '总前列腺特异性抗原', 'number', MARKER_MASS, 3, [null, 4]],
  ],
  physical: [
    ['height', '8302-2', 'HT', 'Body height', '身高', 'number', ['cm'], 1],
    ['weight', '29463-7', 'WT', 'Body weight', '体重', 'number', ['kg'], 1],
    ['bmi', '39156-5', 'BMI', 'Body mass index', '体重指数', 'number', ['kg/m2'], 1],
    ['waist', '8280-0', 'WC', 'Waist circumference', '腰围', 'number', ['cm'], 0],
    ['heart-rate', '8867-4', 'HR', 'Heart rate', '心率', 'number', ['/min', '次/分'], 0, [60, 100]],
  ],
};

export const ITEMS: readonly Item[] = (Object.keys(ROWS) as Section[]).flatMap((section) =>
  ROWS[section].map(([id, loinc, local, en, names, kind, units, decimals, range]) => ({
    id,
    loinc,
    local,
    en,
    names: names.split(' ') as [string, ...string[]],
    kind,
    units,
    decimals,
    ...(range ? { range } : {}),
    section,
  })),
);

function bySex(male: Range, female: Range): { male: Range; female: Range } {
  return { male, female };
}
