import { type MeasuredFact, type MeasuredValue, type OwnLimit, type OwnLowerLimit } from '../../../kernel/index.js';
import { type AnalyteCatalogue, type CatalogueAnalyte } from '../catalogue.js';
import { type SourceNode } from './source-node.js';

/**
 * A value of an example: `{ value: 6, limit: 5 }` for a result with its own upper limit, `{ value: 11, low: 12 }` with its
 * lower one, `{ value: 900, unit: unknown }`; else a bare value. Null when it can't be read.
 */
export function readExampleValue(
  node: SourceNode,
  analyte: CatalogueAnalyte,
  catalogue: AnalyteCatalogue,
): MeasuredFact['measurement'] | null {
  const member = (name: string) => node.members.get(name)?.value;
  const isMap = node.kind === 'map';
  if (isMap && [...node.members.keys()].some((key) => !['value', 'limit', 'low', 'unit', 'flag'].includes(key))) return null;
  const valueNode = isMap ? member('value') : node;
  if (!valueNode || valueNode.kind === 'map' || valueNode.kind === 'list' || valueNode.kind === 'null') return null;
  const written = valueNode.kind === 'number' ? valueNode.digits : String(valueNode.value);
  const unit = member('unit')?.value;
  const value =
    unit === 'unknown'
      ? withoutUnit(written, analyte, catalogue)
      : catalogue.read(analyte.id, unit === undefined ? written : `${written} ${String(unit)}`);
  const ownLimit = readLimit(member('limit'), member('flag'), analyte);
  const ownLower = readLowerLimit(member('low'), member('flag'), analyte);
  if (!value || ownLimit === 'wrong' || ownLower === 'wrong') return null;
  const measurement = { component: 0, analyte: analyte.id, value, asSent: written, ownLimit, doubts: [] };
  return ownLower ? { ...measurement, ownLower } : measurement;
}

const FLAGS: readonly string[] = ['above', 'within', 'below'];

function readLimit(
  limit: SourceNode | undefined,
  flag: SourceNode | undefined,
  analyte: CatalogueAnalyte,
): OwnLimit | null | 'wrong' {
  if (flag) {
    if (!FLAGS.includes(String(flag.value))) return 'wrong';
    return { from: 'interpretation', flag: flag.value === 'above' ? 'above' : 'within' };
  }
  if (!limit) return null;
  const match = /^(<|≤)?\s*(\d+(?:\.\d+)?)$/.exec(limit.kind === 'number' ? limit.digits : String(limit.value));
  if (!match?.[2]) return 'wrong';
  return { from: 'range', high: match[2], highInclusive: match[1] !== '<', unit: analyte.unit ?? '1' };
}

function readLowerLimit(
  low: SourceNode | undefined,
  flag: SourceNode | undefined,
  analyte: CatalogueAnalyte,
): OwnLowerLimit | null | 'wrong' {
  if (low) {
    const match = /^(>|≥)?\s*(\d+(?:\.\d+)?)$/.exec(low.kind === 'number' ? low.digits : String(low.value));
    if (!match?.[2]) return 'wrong';
    return { from: 'range', low: match[2], lowInclusive: match[1] !== '>', unit: analyte.unit ?? '1' };
  }
  return flag ? { from: 'interpretation', flag: flag.value === 'below' ? 'below' : 'within' } : null;
}

/** A number without a unit that is understood: one reading for each unit that it may have had. */
function withoutUnit(
  written: string,
  analyte: CatalogueAnalyte,
  catalogue: AnalyteCatalogue,
): MeasuredValue | null {
  const readings = analyte.reportedIn.flatMap((unit) => {
    const value = catalogue.read(analyte.id, `${written} ${unit}`);
    return value?.kind === 'number' || value?.kind === 'implausible' ? [value.interval] : [];
  });
  return readings.length ? { kind: 'unit-unknown', readings, unit: '' } : null;
}
