import { listTestData } from './test-data.js';

const IS_WHOLE = process.env.FIRSTCALL_ALL_TEST_DATA === '1';
/** Every seventh of the forty large records is enough between commits. */
const SYNTHEA_STEP = IS_WHOLE ? 1 : 7;
const FOLDERS = [
  'hl7-r4-examples',
  'us-core',
  'au-fhir-test-data',
  'mii-labor-de',
  'phd-devices',
  'server-edge-cases',
  'chinese',
  'ecqm-rule-tests',
  'synthea-r4-2021',
];
/** Read from files alone; at the door they are refused. */
const FILE_TYPES = new Set([
  'searchset',
  'document',
  'history',
  'message',
  'batch-response',
  'transaction-response',
]);

/** The public R4 documents that tests send; the copy in GB18030 is for the command line, which knows encodings. */
export function realDocuments(): string[] {
  const synthea = listTestData('synthea-r4-2019').filter((_, i) => i % SYNTHEA_STEP === 0);
  return [...synthea, ...FOLDERS.flatMap((folder) => listTestData(folder))].filter(
    (path) => !path.includes('gb18030'),
  );
}

/** As the door takes it: a lone resource by itself, a bundle that was an answer as a collection. */
export function prepared(text: string): { type?: string; bundle: boolean; body: string } {
  try {
    const document = JSON.parse(text) as fhir4.Bundle;
    if (document.resourceType !== 'Bundle') return { type: document.resourceType, bundle: false, body: text };
    if (!FILE_TYPES.has(document.type)) return { bundle: true, body: text };
    const entry = document.entry?.map(({ fullUrl, resource }) => ({ fullUrl, resource }));
    return { bundle: true, body: JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry }) };
  } catch {
    return { bundle: true, body: text };
  }
}
