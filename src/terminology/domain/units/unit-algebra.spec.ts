import { loadVocabulary } from '../../load-vocabulary.js';
import {
  unitPower,
  type UnitProduct,
  unitProduct,
  unitProductRatio,
  unitQuotient,
  unitText,
} from './unit-algebra.js';

const of = (unit: string): UnitProduct => unitProduct(unit)!;
function ratio(from: UnitProduct, to: string): string | null {
  const found = unitProductRatio(from, of(to));
  return found && String(Number(found.times) / Number(found.over));
}

it.each<[string, UnitProduct, string, string | null]>([
  ['a ratio of one unit', unitQuotient(of('ng/mL'), of('ng/mL')), '1', '1'],
  ['in percent', unitQuotient(of('ng/mL'), of('ng/mL')), '%', '100'],
  ['of two sizes', unitQuotient(of('mg/L'), of('ng/mL')), '1', '1000'],
  ['counts', unitQuotient(of('10*9/L'), of('10*12/L')), '1', '0.001'],
  ['kg and cm', unitQuotient(of('kg'), unitPower(of('cm'), 2)), 'kg/m2', '10000'],
  ['alike', of('mmol/L'), 'umol/L', '1000'],
  ['arbitrary units', of('[IU]/mL'), 'U/mL', '1'],
  ['an annotation says nothing of size', of('mg/mmol{creat}'), 'g/mol', '1'],
  ['amount is not mass', of('mmol/L'), 'mg/dL', null],
  ['a ratio is not a concentration', unitQuotient(of('ng/mL'), of('ng/mL')), 'ng/mL', null],
])('%s', (_name, from, to, expected) => expect(ratio(from, to)).toBe(expected));

it('temperatures, pH and what is no unit cannot be calculated with', () => {
  for (const unit of ['Cel', '[degF]', '[pH]', 'gram', 'x10^9/L', '(mg)/L'])
    expect([unit, unitProduct(unit)]).toEqual([unit, null]);
});

it('every unit of the vocabulary but those of a scale of its own can be calculated with', () => {
  const units = loadVocabulary('vocabulary')
    .analytes.filter(({ nature }) => nature === 'number')
    .map(({ unit }) => unit);
  const without = [...new Set(units.filter((unit) => unitProduct(unit) === null))];
  expect(without.sort()).toEqual(['Cel', '[pH]']);
  for (const unit of units) {
    const product = unitProduct(unit);
    if (product) expect([unit, ratio(product, unit)]).toEqual([unit, '1']);
  }
});

it('names the units that are left', () => {
  expect(unitText(unitQuotient(of('kg'), unitPower(of('m'), 2)))).toBe('kg.m-2');
  expect(unitText(unitQuotient(of('g/L'), of('g/L')))).toBe('1');
});
