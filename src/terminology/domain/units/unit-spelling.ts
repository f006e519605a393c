/** The longest unit of the vocabulary has 18 characters. */
const MAX_LENGTH = 60;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Words of Chinese reports, longest first where one holds another. */
const CHINESE: readonly (readonly [RegExp, string])[] = [
  [/每?(个|條|条)?\/?(高倍视野|高倍視野|高倍镜|高倍)/g, '/[HPF]'],
  [/每?(个|條|条)?\/?(低倍视野|低倍視野|低倍镜|低倍)/g, '/[LPF]'],
  [/毫米汞柱/g, 'mm[Hg]'],
  [/千帕/g, 'kPa'],
  [/摄氏度|攝氏度|度/g, 'Cel'],
  [/平方米/g, 'm2'],
  [/毫摩尔|毫摩/g, 'mmol'],
  [/微摩尔|微摩/g, 'umol'],
  [/纳摩尔|纳摩/g, 'nmol'],
  [/皮摩尔|皮摩/g, 'pmol'],
  [/毫克/g, 'mg'],
  [/微克/g, 'ug'],
  [/纳克|毫微克/g, 'ng'],
  [/皮克/g, 'pg'],
  [/千克|公斤/g, 'kg'],
  [/克/g, 'g'],
  [/毫升/g, 'mL'],
  [/分升/g, 'dL'],
  [/微升/g, 'uL'],
  [/飞升/g, 'fL'],
  [/升/g, 'L'],
  [/毫国际单位/g, 'mIU'],
  [/微国际单位/g, 'uIU'],
  [/国际单位/g, 'IU'],
  [/毫单位/g, 'mU'],
  [/单位/g, 'U'],
  [/毫米/g, 'mm'],
  [/厘米|公分/g, 'cm'],
  [/毫秒/g, 'ms'],
  [/秒/g, 's'],
  [/小时|小時/g, 'h'],
  [/分钟|分鐘|分/g, 'min'],
  [/米/g, 'm'],
  [/每/g, '/'],
  [/次(?=\/)|个(?=\/)|個(?=\/)/g, ''],
  [/(?<=\d)个/g, ''],
  [/步/g, '{steps}'],
];

/** Whole spellings whose letters would mislead (giga is gauss to UCUM, K is kelvin), lower case unless case decides. */
const WHOLE: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'G/L': ['10*9/L', 'g/L'],
    'GPt/L': ['10*9/L'],
    'Gpt/L': ['10*9/L'],
    'T/L': ['10*12/L'],
    'Tpt/L': ['10*12/L'],
    'TPt/L': ['10*12/L'],
    'M/uL': ['10*6/uL'],
    mM: ['mmol/L'],
    uM: ['umol/L'],
    nM: ['nmol/L'],
    pM: ['pmol/L'],
  }),
);

const WHOLE_ANY_CASE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'k/ul': '10*3/uL',
    'thou/ul': '10*3/uL',
    'mil/ul': '10*6/uL',
    'cells/ul': '/uL',
    '/mm3': '/uL',
    '/cumm': '/uL',
    mmhg: 'mm[Hg]',
    'mm/hg': 'mm[Hg]',
    'mm[hg]': 'mm[Hg]',
    bpm: '/min',
    '次/min': '/min',
    'beats/min': '/min',
    'beats/minute': '/min',
    'breaths/min': '/min',
    'breaths/minute': '/min',
    '/hp': '/[HPF]',
    '/hpf': '/[HPF]',
    '/[hpf]': '/[HPF]',
    hpf: '/[HPF]',
    '/lp': '/[LPF]',
    '/lpf': '/[LPF]',
    '°c': 'Cel',
    c: 'Cel',
    degc: 'Cel',
    cel: 'Cel',
    degreesc: 'Cel',
    '°f': '[degF]',
    f: '[degF]',
    degf: '[degF]',
    '‰': '[ppth]',
    ph: '[pH]',
    lb: '[lb_av]',
    lbs: '[lb_av]',
    in: '[in_i]',
    inch: '[in_i]',
    inches: '[in_i]',
    'dpm/mmol': '{dpm}/mmol',
    's/co': '{S/CO}',
    coi: '{COI}',
    ratio: '1',
    'mm/1h': 'mm/h',
    steps: '{steps}',
  }),
);

/** One factor of a unit whatever its case: no laboratory reports megagrams, petagauss or siemens. */
const FACTORS: ReadonlyMap<string, string> = new Map(
  (
    'mol mmol umol nmol pmol kg g mg ug ng pg L dL mL uL fL cm mm m m2 min h d s ms mm[Hg] kPa meq % ' +
    'U mU uU kU [IU] m[IU] u[IU] k[IU] U ukat nkat /uL mosm deg 1 um3 umol/L'
  )
    .split(' ')
    .map((unit) => [unit.toLowerCase(), unit] as const)
    .concat([
      ['iu', '[IU]'],
      ['miu', 'm[IU]'],
      ['uiu', 'u[IU]'],
      ['kiu', 'k[IU]'],
      ['au', "[arb'U]"],
      ["[arb'u]", "[arb'U]"],
      ['mcg', 'ug'],
      ['sec', 's'],
      ['secs', 's'],
      ['msec', 'ms'],
      ['hr', 'h'],
      ['hrs', 'h'],
      ['hour', 'h'],
      ['minute', 'min'],
      ['day', 'd'],
      ['24h', 'd'],
      ['24hr', 'd'],
      ['mmhg', 'mm[Hg]'],
      ['mosmol', 'mosm'],
      ['cc', 'mL'],
      ['um^3', 'fL'],
      ['m^2', 'm2'],
    ]),
);

/**
 * The UCUM units that a laboratory's spelling may stand for, most likely first; usually one. The caller keeps the
 * first that converts to the unit it needs (`G/L` is 10*9/L for a cell count and g/L for haemoglobin in capitals).
 * An empty list: not understood.
 */
export function unitCandidates(spelling: string): string[] {
  const found: string[] = [];
  if (spelling.length > MAX_LENGTH) return found;
  const add = (unit: string | null | undefined): void => {
    if (unit && !found.includes(unit)) found.push(unit);
  };
  const text = plain(spelling);
  if (text === '') return found;
  WHOLE.get(text)?.forEach(add);
  add(WHOLE_ANY_CASE.get(text.toLowerCase()));
  if (found.length > 0) return found;
  add(countOf(text));
  add(annotated(text));
  add(factors(text));
  add(spelling.trim());
  add(text);
  return found;
}

/** Width, micro signs, superscripts, multiplication signs, Chinese words and the errors of scanners made plain. */
function plain(spelling: string): string {
  let text = spelling.trim().replace(/[⁰¹²³⁴-⁹]+/g, (digits) => {
    return `^${[...digits].map((digit) => SUPERSCRIPTS.indexOf(digit)).join('')}`;
  });
  text = text.normalize('NFKC').replace(/[μµ]/g, 'u').replace(/\s+/g, '');
  text = text
    .replace(/℃/g, '°C')
    .replace(/[／∕]/g, '/')
    .replace(/[·∙・]/g, '.')
    .replace(/\u200b/g, '');
  for (const [word, unit] of CHINESE) text = text.replace(word, unit);
  text = text.replace(/^\((.*)\)$/, '$1');
  // "umo1/L", "mmo/L", "umoI/L": scanned 1 or I for l, or the l lost.
  return text.replace(/^([munp])mo[1I]?(?=\/)/i, '$1mol');
}

/** 10^9/L and its spellings; a lost superscript ("109/L") only where nothing else could be meant. */
function countOf(text: string): string | null {
  const match = /^[×xX*✕]?10(?:[*^]{1,2}|[eE])?\+?(3|6|9|12)(?:个|cells?)?\/(.+)$/.exec(text);
  if (!match) return null;
  const volume = match[2] === 'mm3' ? 'uL' : FACTORS.get(match[2]!.toLowerCase());
  return volume && /L$/.test(volume) ? `10*${match[1]}/${volume}` : null;
}

/** Units that name what is counted: D-dimer's FEU and DDU, per gram of creatinine, per 1.73 m² of body surface. */
function annotated(text: string): string | null {
  const dimer = /^(.+?)[.{(]?(FEU|DDU)[)}]?$/i.exec(text);
  if (dimer) {
    const unit = factors(dimer[1]!);
    return unit && `${unit}{${dimer[2]!.toUpperCase()}}`;
  }
  const perCreatinine = /^([mun]g)\/(g|mmol)[.{(]?(?:cr|crea|creat|creatinine|肌酐)\.?[)}]?$/i.exec(text);
  if (perCreatinine) return `${perCreatinine[1]!.toLowerCase()}/${perCreatinine[2]!.toLowerCase()}{creat}`;
  if (/^mL[/.(]*min[/.*)(x×]*\{?1\.73(_?m\^?2)?[)}]*$/i.test(text)) return 'mL/min/{1.73_m2}';
  return null;
}

function factors(text: string): string | null {
  const parts = text.replace(/^\//, '1/').split('/');
  const units = parts.map((part) => FACTORS.get(part.toLowerCase()));
  if (units.some((unit) => unit === undefined)) return null;
  const joined = units.join('/');
  return joined.startsWith('1/') ? joined.slice(1) : joined;
}

const PRINTED: readonly (readonly [RegExp, string])[] = [
  [/\{1\.73_m2\}/g, '1.73m²'],
  [/\{(FEU|DDU)\}/g, ' $1'],
  [/\{creat\}/g, ''],
  [/\{[^}]*\}/g, ''],
  [/10\*(\d+)/g, '×10^$1'],
  [/mm\[Hg\]/g, 'mmHg'],
  [/\[HPF\]/g, 'HP'],
  [/\[LPF\]/g, 'LP'],
  [/\[(IU|iU)\]/g, 'IU'],
  [/\[arb'U\]/g, 'U'],
  [/\[ppth\]/g, '‰'],
  [/\[degF\]/g, '℉'],
  [/\[pH\]/g, ''],
  [/\bCel\b/g, '℃'],
  [/\bu(?=mol|g|L|kat|IU|U)/g, 'μ'],
  [/m2\b/g, 'm²'],
];

/** A UCUM unit as it stands on a Chinese report: `10*9/L` → `×10⁹/L`, `umol/L` → `μmol/L`, `1` → nothing. */
export function printUnit(unit: string): string {
  if (unit === '1') return '';
  let text = unit;
  for (const [from, to] of PRINTED) text = text.replace(from, to);
  return text
    .replace(/\^(\d+)/g, (_, digits: string) => [...digits].map((d) => SUPERSCRIPTS[Number(d)]).join(''))
    .trim();
}
