import { AccessService } from '../../src/access/index.js';
import { generateClients, type SampleRequest } from '../../src/sample/index.js';
import { TEST_NOW, type TestApp } from './app.js';

/** Sends the generated clients, each under their file number as a name, so that two services can be compared by it. */
export async function sendSample(
  app: TestApp,
  request: Pick<SampleRequest, 'seed' | 'people' | 'years'>,
): Promise<void> {
  const access = app.nest.get(AccessService);
  const { secret } = await access.createKey({ name: 'history', scope: 'feed', isHistory: true });
  for (const { era, bundle, serial } of generateClients({ ...request, now: new Date(TEST_NOW) })) {
    for (const { resource } of bundle.entry)
      if (resource.resourceType === 'Patient') Object.assign(resource, { name: [{ text: serial }] });
    const { status, text } = await app.post('/fhir', bundle, era === 'history' ? { key: secret } : {});
    if (status !== 200) throw new Error(`${serial}: ${status} ${text.slice(0, 200)}`);
  }
}
