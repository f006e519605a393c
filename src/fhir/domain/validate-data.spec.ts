import { describeWithData, listTestData, testData } from '../../../test/support/test-data.js';
import { validateResource } from './validate.js';

/** Faults of one file by path; empty when valid. */
function faultPaths(path: string): (string | undefined)[] {
  return validateResource(testData(path)).map((fault) => fault.path);
}

/** Files that are not valid R4, read by hand, with the reason. */
const NOT_VALID: Readonly<Record<string, readonly string[]>> = {
  // Narrative.div is 1..1; the publishing tool of that guide adds it later.
  'us-core/diagnosticreport-cbc.json': ['DiagnosticReport.text.div'],
  // MedicationRequest.subject is 1..1.
  'chinese/synthetic-bundle.json': ['Bundle.entry[15].resource.subject'],
  'chinese/synthetic-bundle.utf8-bom.json': ['Bundle.entry[15].resource.subject'],
};
/** No resource: a list of names. The same bundle in GB18030 is no UTF-8. */
const NO_RESOURCE = ['chinese/twcore-observation-names-zh.json', 'chinese/synthetic-bundle.gb18030.json'];

describeWithData('published R4 resources are valid', () => {
  const folders = [
    'hl7-r4-examples',
    'us-core',
    'au-fhir-test-data',
    'mii-labor-de',
    'phd-devices',
    'chinese',
    'synthea-r4-2019',
    'synthea-r4-2021',
  ];
  const files = folders
    .flatMap((folder) => listTestData(folder))
    .filter((path) => !NO_RESOURCE.includes(path));

  it('of which there are nearly two hundred files', () => {
    expect(files.length).toBeGreaterThan(190);
  });

  it.each(files)('%s', (path) => {
    expect(faultPaths(path)).toEqual(NOT_VALID[path] ?? []);
  });
});

/** Every request of server-edge-cases that R4 refuses, by hand: what is wrong stands at the first path. */
const BROKEN: Readonly<Record<string, string>> = {
  'fhir-test-cases/bundle-with-no-type.json': 'Bundle.type',
  // category is 0..*, so a list; here an object.
  'fhir-test-cases/observation102.json': 'Observation.category',
  // `"system": ""`: strings are never empty.
  'ms-fhir-server/Bundle-BatchWithConditionalUpdateByIdentifier.json':
    'Bundle.entry[0].resource.identifier[0].system',
  'ms-fhir-server/Bundle-TransactionWithConditionalCreateAndReference.json':
    'Bundle.entry[0].resource.identifier[0].system',
  'ms-fhir-server/Bundle-TransactionWithConditionalUpdateAndReference.json':
    'Bundle.entry[0].resource.identifier[0].system',
  // Elements called gender1, birthDate1, use1.
  'ms-fhir-server/Bundle-BatchWithInvalidEleEnums.json': 'Bundle.entry[0].resource.gender1',
  'ms-fhir-server/Bundle-InvalidBundleType.json': 'Bundle.type',
  'ms-fhir-server/Bundle-TypeMissing.json': 'Bundle.type',
  // DiagnosticReport.result is 0..*.
  'ms-fhir-server/Includes-TestResources.json': 'Bundle.entry[30].resource.result',
  // Narrative given as a text with a sibling.
  'ms-fhir-server/InvalidObservation.json': 'Observation.text',
  // interpretation became 0..* in R4.
  'ms-fhir-server/Observation-For-Patient-f001.json': 'Observation.interpretation',
  'ms-fhir-server/ObservationWithBloodPressure.json': 'Observation.interpretation',
  'ms-fhir-server/ObservationWithTemperature.json': 'Observation.interpretation',
  'ms-fhir-server/ObservationWithInvalidStatus.json': 'Observation.status',
};
const NO_JSON = 'server-edge-cases/ms-fhir-server/Bundle-TransactionWithInvalidBundleEntry.json';

describeWithData('requests at the edge', () => {
  const files = listTestData('server-edge-cases').filter((path) => path !== NO_JSON);

  it.each(files)('%s', (path) => {
    const broken = BROKEN[path.replace('server-edge-cases/', '')];
    expect(faultPaths(path)[0]).toBe(broken);
  });

  it('include every file listed as broken', () => {
    for (const name of Object.keys(BROKEN)) expect(files).toContain(`server-edge-cases/${name}`);
  });

  it.each(listTestData('smart-patients-stu3'))(
    '%s is STU3: refused with the element, not with a crash',
    (path) => {
      const faults = validateResource(testData(path));
      expect(faults.length).toBeGreaterThan(0);
      for (const fault of faults) expect(fault.path).toMatch(/^Bundle\.entry\[\d+\]\.resource\.\w/);
    },
  );
});
