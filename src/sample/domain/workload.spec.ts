import { type Bundle, type Resource } from './r4.js';
import { HOLES, workloadTemplates } from './workload.js';

const NOW = new Date('2026-11-22T02:30:00Z');
const templates = [...workloadTemplates('spec', NOW, 56)];

describe('templates of the load test', () => {
  it('hold 60 results each in about 54 KB, one in fourteen important', () => {
    for (const { text } of templates) {
      const bundle = JSON.parse(text) as Bundle;
      expect(bundle.entry.filter(({ resource }) => resource.resourceType === 'Observation')).toHaveLength(60);
    }
    const bytes = templates.map(({ text }) => Buffer.byteLength(text));
    expect(Math.abs(bytes.reduce((sum, size) => sum + size, 0) / bytes.length - 55_500)).toBeLessThan(4000);
    expect(templates.filter(({ important }) => important)).toHaveLength(4);
  });

  it('become one person each: every hole is filled with a text of its own length', () => {
    const [template] = templates;
    for (const ordinal of [0, 1, 90_990, 4_999_999]) {
      const filled = template!.fill(ordinal);
      for (const hole of ['serial', 'identity', 'mobile'] as const) {
        expect(filled[hole]).toHaveLength(HOLES[hole].length);
        expect(template!.text).toContain(HOLES[hole]);
      }
    }
    expect(template!.fill(1)).not.toEqual(template!.fill(2));
  });

  it('leave nothing of a person outside the holes: two people share no identifier', () => {
    const [template] = templates;
    const identifiers = (ordinal: number): string[] => {
      const filled = template!.fill(ordinal);
      const text = (['serial', 'identity', 'mobile'] as const).reduce(
        (body, hole) => body.replaceAll(HOLES[hole], filled[hole]),
        template!.text,
      );
      const resources = (JSON.parse(text) as Bundle).entry.map(({ resource }) => resource);
      return resources.filter(({ resourceType }) => resourceType !== 'Organization').flatMap(valuesOf);
    };
    const first = new Set(identifiers(1));
    expect(first.size).toBeGreaterThan(60);
    for (const value of identifiers(2)) expect(first).not.toContain(value);
  });
});

function valuesOf(resource: Resource): string[] {
  return 'identifier' in resource ? resource.identifier.map(({ value }) => value) : [];
}
