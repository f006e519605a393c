import { readFiles } from '../../read-files.js';
import { readLexicons } from '../files/read-rules.js';
import { type Lexicon, type Reading } from './lexicon.js';
import { readConclusion } from './read-conclusion.js';

let lexicons: ReadonlyMap<string, Lexicon>;
beforeAll(async () => {
  lexicons = readLexicons(await readFiles('rules'));
});
const reading = (lexicon: string, text: string): Reading => readConclusion(text, lexicons.get(lexicon)!);

/** Lexicons that ring by themselves; the others are only parts of a rule (a rhythm together with its rate). */
const ECG = [
  'ecg-infarction',
  'ecg-ventricular-tachyarrhythmia',
  'ecg-r-on-t',
  'ecg-high-av-block',
  'ecg-third-degree-av-block',
  'ecg-sinoatrial-block-ii',
  'ecg-standstill',
  'ecg-long-pause',
  'ecg-hyperkalaemia',
  'ecg-t-wave-alternans',
  'ecg-rate-above-180',
  'ecg-rate-below-40',
];
const IMAGING = [
  'critical-imaging',
  'critical-imaging-recalled',
  'critical-ultrasound',
  'critical-ultrasound-recalled',
  'active-tuberculosis',
  'liver-cyst',
  'nodule-grades',
  'adnexal-mass',
  'carotid-stenosis',
  'carotid-urgent',
  'endoscopy',
];

/** What most people's reports say: no lexicon may so much as ask a doctor. */
const ORDINARY = [
  '窦性心律，正常心电图',
  '窦性心动过缓，心率52次/分',
  '窦性心动过速，心率105次/分',
  '窦性心律不齐',
  '偶发室性早搏',
  '频发房性早搏，部分未下传',
  '完全性右束支传导阻滞',
  '不完全性右束支传导阻滞',
  '一度房室传导阻滞',
  '二度Ⅰ型房室传导阻滞(文氏型)',
  '左前分支传导阻滞',
  '左室高电压',
  '非特异性ST-T改变',
  'T波低平、倒置',
  'ST段压低0.05mV',
  '早期复极综合征',
  '陈旧性下壁心肌梗死',
  '异常Q波，考虑陈旧性前壁心肌梗死',
  '心房颤动，心室率78次/分',
  '心房颤动，R-R间期绝对不等',
  '短PR间期',
  '电轴左偏，顺钟向转位',
  '动态心电图：最快心率186次/分，最慢心率38次/分，平均心率72次/分，未见大于2秒的长间歇',
  'Normal sinus rhythm',
  'Sinus bradycardia, HR 55 bpm',
  'Nonspecific ST-T changes',
  'First degree AV block, right bundle branch block',
  'Old inferior infarct',
  '双肺未见明显异常',
  '右肺上叶微小结节，建议年度复查',
  '右侧少量胸腔积液',
  '右上肺陈旧性肺结核',
  '双肺钙化灶',
  '轻度脂肪肝，胆囊结石，慢性胆囊炎',
  '肝右叶囊肿',
  '肝多发囊肿，最大约3.2×2.8cm，胆囊息肉约0.4cm',
  '双肾囊肿，前列腺增生',
  '子宫肌瘤，宫颈纳氏囊肿，盆腔少量积液',
  '右卵巢囊肿',
  '少量心包积液',
  '三尖瓣轻度反流，左室舒张功能减低',
  '主动脉硬化，主动脉瓣钙化',
  '腔隙性脑梗死，脑白质脱髓鞘改变',
  '脑内多发微出血灶',
  '双侧颈动脉内中膜增厚伴斑块形成',
  '颈动脉斑块形成，管腔狭窄约30%',
  '甲状腺结节，C-TIRADS 3类',
  '双乳增生，BI-RADS 2类',
  '慢性浅表性胃炎，十二指肠球部溃疡(S2期)',
  'L4-5椎间盘突出，L1椎体压缩约50%',
  '鼓膜穿孔，鼻中隔偏曲',
  '宫内妊娠，胎心率142次/分',
  '阴性',
];

it.each(ORDINARY)('nothing to be said of: %s', (text) => {
  const said = [...ECG, ...IMAGING].filter((id) => ['suspected', 'unclear'].includes(reading(id, text)));
  expect(said).toEqual([]);
});

/** Denied, each in the words of its department: silent, and read as denied. */
const DENIED: [string, string[]][] = [
  ['ecg-infarction', ['未见急性心肌梗死图形', '无ST段抬高', '已排除急性心肌梗死', 'No acute infarct']],
  ['ecg-ventricular-tachyarrhythmia', ['未见室性心动过速及室颤', '未见室早、室速']],
  ['ecg-high-av-block', ['未见二度Ⅱ型房室传导阻滞及三度房室传导阻滞', '未见高度房室传导阻滞']],
  ['ecg-hyperkalaemia', ['未见高钾血症图形', '无高钾血症改变']],
  ['ecg-standstill', ['未见心室停搏', '未见窦性停搏']],
  ['critical-imaging', ['双侧胸腔未见气胸及积液', '未见肺动脉栓塞征象', '未见主动脉夹层征象', '颅内未见出血', '膈下未见游离气体']],
  ['critical-ultrasound', ['腹腔未见积血', '肝脾未见破裂', '未见大量心包积液']],
  ['critical-ultrasound-recalled', ['双下肢未见深静脉血栓形成', '左心耳未见血栓', '未见急性胆囊炎征象']],
  ['active-tuberculosis', ['未见活动性结核', '未见活动性肺结核征象']],
  ['carotid-stenosis', ['双侧颈动脉未见明显狭窄', '颈动脉未见大于50%的狭窄']],
];
it.each(DENIED.flatMap(([id, texts]) => texts.map((text) => [id, text] as const)))('%s denied: %s', (id, text) => {
  expect(['excluded', 'nothing']).toContain(reading(id, text));
});

const TOLD: [string, Reading, string[]][] = [
  ['ecg-infarction', 'suspected', ['急性广泛前壁心肌梗死', '下壁导联ST段弓背向上抬高，急性心肌梗死待排', '窦性心律，急性下壁心梗？', '前壁STEMI', 'ACUTE MI']],
  ['ecg-infarction', 'unclear', ['心肌梗死', 'V1-V3导联ST段抬高0.2mV', '急性心肌梗死PCI术后']],
  ['ecg-ventricular-tachyarrhythmia', 'suspected', ['室颤', '心室颤动', '频发室早，短阵室速', '宽QRS波心动过速，室速可能', '尖端扭转型室性心动过速']],
  ['ecg-high-av-block', 'suspected', ['Ⅲ度房室传导阻滞', '三度房室阻滞，交界性逸搏心律', '二度Ⅱ型房室传导阻滞', '窦性心律，2:1房室传导', '高度房室传导阻滞', 'Complete heart block']],
  ['ecg-sinoatrial-block-ii', 'suspected', ['二度Ⅱ型窦房阻滞']],
  ['ecg-standstill', 'suspected', ['窦性停搏，最长3.4秒', '心室停搏4.0s']],
  ['ecg-long-pause', 'suspected', ['可见长间歇，最长3.6秒', '最长R-R间期达3.0s']],
  ['ecg-hyperkalaemia', 'suspected', ['T波高尖呈帐篷样，考虑高钾血症', '高血钾心电图改变']],
  ['ecg-rate-below-40', 'suspected', ['窦性心动过缓，心率36次/分', '平均心室率38bpm']],
  ['ecg-rate-above-180', 'suspected', ['阵发性室上性心动过速，心室率210次/分']],
  ['critical-imaging', 'suspected', ['左侧气胸，左肺组织压缩约70%', '右侧液气胸(肺压缩约60%)', '右肺动脉主干栓塞，肺栓塞', '主动脉夹层(Stanford A型)', '胸主动脉夹层动脉瘤', '上消化道穿孔可能', '双膈下游离气体', '急性重症胰腺炎', '左侧丘脑出血破入脑室', '蛛网膜下腔出血', '右额颞顶部硬膜下血肿', 'Acute pulmonary embolism']],
  ['critical-imaging', 'unclear', ['左侧气胸', '气胸，肺压缩约45-55%', '脑出血术后改变']],
  ['critical-imaging-recalled', 'suspected', ['左侧大量胸腔积液', '急性肺水肿', '双肺粟粒性肺结核']],
  ['critical-ultrasound', 'suspected', ['脾破裂，腹腔积血', '异位妊娠破裂可能', '大量心包积液', '右股动脉急性栓塞']],
  ['critical-ultrasound-recalled', 'suspected', ['急性化脓性胆囊炎', '左卵巢囊肿蒂扭转', '左房黏液瘤', '右下肢深静脉血栓形成']],
  ['active-tuberculosis', 'suspected', ['双上肺继发性肺结核', '活动性肺结核待排']],
  ['active-tuberculosis', 'unclear', ['右上肺结核', '肺结核？']],
  ['liver-cyst', 'suspected', ['肝右叶囊肿，大小约112×98mm', '肝囊肿 10.5cm']],
  ['nodule-grades', 'suspected', ['左乳结节，BI-RADS 4A类', '甲状腺右叶结节，C-TIRADS 4B类', '左乳BI-RADS 3类，右乳BI-RADS 4类']],
  ['nodule-grades', 'unclear', ['TI-RADS 3-4类']],
  ['carotid-stenosis', 'suspected', ['左侧颈内动脉起始处斑块形成，管腔狭窄约65%', '右颈内动脉狭窄50%-69%', '右侧颈内动脉闭塞']],
  ['carotid-urgent', 'suspected', ['左侧颈内动脉起始处斑块形成，管腔狭窄约75%', '颈动脉溃疡性斑块']],
  ['endoscopy', 'suspected', ['乙状结肠息肉，大小约1.5×1.2cm', '胃角高级别上皮内瘤变', '十二指肠球部溃疡伴出血']],
];
it.each(TOLD.flatMap(([id, expected, texts]) => texts.map((text) => [id, expected, text] as const)))(
  '%s %s: %s',
  (id, expected, text) => {
    expect(reading(id, text)).toBe(expected);
  },
);
