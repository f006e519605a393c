import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApp } from './support/app.js';

const DOCUMENT = join(import.meta.dirname, '../web/openapi.json');

/** The pages are built from this file, so that they can be built without a running service. */
it('web/openapi.json is what the service says of itself', async () => {
  const app = await startApp();
  try {
    const { body } = await app.get('/api/docs-json', { key: null });
    const text = `${JSON.stringify(body, null, 2)}\n`;
    // After a change of a route or DTO: `npm run api:document` writes it anew.
    if (process.env.FIRSTCALL_WRITE_DOCS) writeFileSync(DOCUMENT, text);
    expect(readFileSync(DOCUMENT, 'utf8') === text).toBe(true);
  } finally {
    await app.close();
  }
});
