import { type Client } from './client.js';
import { type Random } from './random.js';

/** A department's written conclusion. */
export interface Conclusion {
  exam: Exam;
  text: string;
  /** Bethesda category of a cytology report, where the department codes it. */
  category?: string;
}

export type Exam = 'abdomen' | 'thyroid' | 'breast' | 'pelvis' | 'chest' | 'cytology';

/** Names, report sections (HL7 table 0074) and codes of the examinations. */
export const EXAMS: Record<Exam, { name: string; section: string; loinc?: string; department: string }> = {
  abdomen: { name: '腹部彩超', section: 'RUS', department: '超声科' },
  thyroid: { name: '甲状腺彩超', section: 'RUS', department: '超声科' },
  breast: { name: '乳腺彩超', section: 'RUS', department: '超声科' },
  pelvis: { name: '子宫附件彩超', section: 'RUS', department: '超声科' },
  chest: { name: '胸部正侧位片', section: 'RAD', loinc: '36643-5', department: '放射科' },
  cytology: { name: '液基薄层细胞学检查(TCT)', section: 'CP', loinc: '47527-7', department: '病理科' },
};

type Phrases = readonly (readonly [string, number])[];

const QUIET: Record<Exam, Phrases> = {
  abdomen: [
    ['肝胆胰脾双肾未见明显异常。', 50],
    ['脂肪肝(轻度)。胆胰脾双肾未见明显异常。', 26],
    ['胆囊息肉样病变(约4mm)。余未见明显异常。', 9],
    ['肝囊肿(约12mm×9mm)。胆胰脾双肾未见明显异常。', 7],
    ['右肾结石(约5mm)。余未见明显异常。', 6],
    ['肝血管瘤(约15mm)。余未见明显异常。', 2],
  ],
  thyroid: [
    ['甲状腺未见明显异常。', 65],
    ['甲状腺右叶结节(约4mm×3mm),C-TIRADS 3类。', 20],
    ['甲状腺多发囊性结节,C-TIRADS 2类。', 15],
  ],
  breast: [
    ['双乳未见明显异常,BI-RADS 1类。', 45],
    ['双侧乳腺增生,BI-RADS 2类。', 45],
    ['左乳结节(约6mm),边界清,BI-RADS 3类,建议6个月复查。', 10],
  ],
  pelvis: [
    ['子宫附件未见明显异常。', 80],
    ['子宫肌瘤(约18mm)。双附件未见明显异常。', 10],
    ['右侧附件囊肿(约25mm),建议经后复查。', 10],
  ],
  chest: [
    ['心肺膈未见明显异常。', 80],
    ['双肺纹理增多。心膈未见明显异常。', 12],
    ['右肺陈旧性病灶。主动脉迂曲。', 8],
  ],
  cytology: [
    ['未见上皮内病变或恶性细胞(NILM)。', 80],
    ['未见上皮内病变或恶性细胞(NILM),轻度炎症。', 17],
    ['非典型鳞状细胞,意义不明确(ASC-US),建议HPV检测。', 3],
  ],
};

const SUSPECT: Record<'imaging' | 'cytology', readonly (readonly [Exam, string, string?])[]> = {
  imaging: [
    ['abdomen', '肝右叶低回声占位(约32mm×28mm),边界不清,恶性不除外,建议增强CT或MRI进一步检查。'],
    ['chest', '右肺上叶结节影,约14mm,边缘见毛刺,不能排除恶性,建议胸部CT增强检查。'],
    ['abdomen', '左肾实质性占位(约26mm),肾癌待排,请结合增强CT。'],
    ['pelvis', '右侧附件区囊实性包块(约58mm),血流丰富,恶性肿瘤待排除。'],
  ],
  cytology: [
    ['cytology', '高级别鳞状上皮内病变(HSIL),建议阴道镜检查及活检。', 'HSIL'],
    ['cytology', '非典型鳞状细胞,不除外高级别鳞状上皮内病变(ASC-H),建议阴道镜检查。', 'ASC-H'],
  ],
};

/** The conclusions of one checkup: abdomen and chest for all, thyroid for most, breast, pelvis and cytology for women. */
export function writeConclusions(random: Random, client: Client): Conclusion[] {
  const exams: Exam[] = ['abdomen', 'chest'];
  if (random.chance(0.6)) exams.push('thyroid');
  if (client.sex === 'female') exams.push('breast', 'pelvis');
  if (client.sex === 'female' && random.chance(0.7)) exams.push('cytology');
  return exams.map((exam) => ({ exam, text: random.weighted(QUIET[exam]) }));
}

/** A conclusion that has to be told: a malignant lesion cannot be excluded, or malignant-leaning cells. */
export function writeSuspicion(random: Random, kind: 'imaging' | 'cytology', sex: Client['sex']): Conclusion {
  const fitting = SUSPECT[kind].filter(([exam]) => sex === 'female' || exam !== 'pelvis');
  const [exam, text, category] = random.pick(fitting);
  return { exam, text, ...(category ? { category } : {}) };
}
