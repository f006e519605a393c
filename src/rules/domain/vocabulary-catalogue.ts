import { type Analyte, type Nature } from '../../terminology/domain/analyte.js';
import { toCanonical } from '../../terminology/domain/to-canonical.js';
import { type Vocabulary } from '../../terminology/domain/vocabulary.js';
import { type AnalyteCatalogue, type CatalogueAnalyte } from './catalogue.js';

/** What a rule compares, by how the value is written: microscopy is a count that may come as plus signs. */
const KINDS: Record<Nature, CatalogueAnalyte['kind']> = {
  number: 'number',
  titre: 'number',
  microscopy: 'number',
  ordinal: 'ordinal',
  nominal: 'ordinal',
  category: 'category',
  text: 'text',
};

const KNOWN = new WeakMap<Vocabulary, AnalyteCatalogue>();

/** The vocabulary as rules see it; made once a vocabulary. */
export function catalogueOf(vocabulary: Vocabulary): AnalyteCatalogue {
  const known = KNOWN.get(vocabulary);
  if (known) return known;
  const catalogue = makeCatalogue(vocabulary);
  KNOWN.set(vocabulary, catalogue);
  return catalogue;
}

function makeCatalogue(vocabulary: Vocabulary): AnalyteCatalogue {
  const analytes = new Map(vocabulary.analytes.map((analyte) => [analyte.id, asCatalogued(analyte)]));
  const groups = new Set(vocabulary.analytes.flatMap(({ groups }) => groups));
  const { history } = vocabulary;
  const names = [...analytes.keys(), ...groups, ...history.ids];
  return {
    formulas: [],
    get: (id) => analytes.get(id),
    inGroup: (group) => vocabulary.inGroup(group),
    answer: (id) => history.get(id),
    names: () => names,
    called: (name) => vocabulary.byName(name)?.analyte.id ?? null,
    convert: (id, value, unit) => vocabulary.convert(id, value, unit),
    read: (id, written) => toCanonical(vocabulary, id, written, analytes.get(id)?.printUnit),
  };
}

function asCatalogued(analyte: Analyte): CatalogueAnalyte {
  const { id, names, printUnit, decimals, groups, sensitive } = analyte;
  const kind = KINDS[analyte.nature];
  return {
    id,
    names,
    kind,
    unit: kind === 'number' ? analyte.unit : null,
    reportedIn: analyte.reportedIn,
    printUnit,
    decimals,
    groups,
    plausible: kind === 'number' ? analyte.plausible : null,
    categories: analyte.categories.map((category) => category.id),
    sensitive,
    lowest: kind === 'number' ? (analyte.plausible?.low ?? null) : null,
  };
}
