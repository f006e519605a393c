import { type MeasuredFact, type MeasuredValue, type PersonFacts } from '../../../kernel/index.js';
import { Exact } from '../../../terminology/domain/units/decimal-text.js';
import { unitProduct, unitProductRatio } from '../../../terminology/domain/units/unit-algebra.js';
import { printUnit } from '../../../terminology/domain/units/unit-spelling.js';
import { readNumber } from '../../../terminology/domain/values/read-number.js';
import { type AnalyteCatalogue, type CatalogueAnalyte } from '../catalogue.js';
import { derive, type Formula } from './formula.js';

/** The catalogue with derived values: facts of kind number like any other. */
export function withFormulas(catalogue: AnalyteCatalogue, formulas: readonly Formula[]): AnalyteCatalogue {
  if (formulas.length === 0) return catalogue;
  const derived = new Map(
    formulas.filter(({ id }) => !catalogue.get(id)).map((formula) => [formula.id, asAnalyte(formula)]),
  );
  return {
    ...catalogue,
    formulas,
    get: (id) => catalogue.get(id) ?? derived.get(id),
    names: () => [...catalogue.names(), ...derived.keys()],
    convert: (id, value, unit) => {
      const analyte = derived.get(id);
      return analyte ? convert(value, unit, analyte.unit ?? '1') : catalogue.convert(id, value, unit);
    },
    read: (id, written) => {
      const analyte = derived.get(id);
      return analyte ? read(written, analyte.unit ?? '1') : catalogue.read(id, written);
    },
  };
}

/** Adds to the results of one day what can be derived from them and was not reported itself; of the results alone. */
export function addDerived(
  measured: Map<string, MeasuredFact>,
  formulas: readonly Formula[],
  person: PersonFacts,
): void {
  const derived: MeasuredFact[] = [];
  for (const formula of formulas) {
    const first = measured.get(formula.inputs[0]?.analyte ?? '');
    const fact = first && !measured.has(formula.id) ? derive(formula, measured, first.source, person) : null;
    if (fact) derived.push(fact);
  }
  for (const fact of derived) measured.set(fact.measurement.analyte, fact);
}

function asAnalyte({ id, title, unit, decimals }: Formula): CatalogueAnalyte {
  return {
    id,
    names: title,
    kind: 'number',
    unit,
    reportedIn: [unit],
    printUnit: printUnit(unit),
    decimals,
    groups: [],
    sensitive: null,
    lowest: null,
  };
}

function convert(value: string, from: string, to: string): string | null {
  const [a, b] = [unitProduct(from), unitProduct(to)];
  const ratio = a && b && unitProductRatio(a, b);
  return ratio ? new Exact(value).times(ratio.times).div(ratio.over).toFixed() : null;
}

/** `10`, `<10`, `5-10`, in the formula's own unit. */
function read(written: string, unit: string): MeasuredValue | null {
  const number = readNumber(written);
  if (!number || (number.unit !== null && number.unit !== unit)) return null;
  return { kind: 'number', interval: number.interval, unit };
}
