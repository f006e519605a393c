import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A class A rule beside the shipped packs; its limit is made for tests and is no clinical one. */
const CLASS_A = `
kind: critical
title: { zh: 测试用A类, en: Class A for tests }
source: made for tests, no clinical limit
owner: nobody
review-by: 2999-12-31
rules:
  - id: potassium-high
    title: { zh: 血钾高, en: High potassium }
    conditions: { all: [{ fact: potassium, operator: greaterThan, value: 6.5, unit: mmol/L }] }
    event: { type: notify, params: { class: A, advice: { zh: 立即, en: at once } } }
    examples:
      - { facts: { potassium: 6.5 }, expect: silent }
      - { facts: { potassium: 6.6 }, expect: fires }
`;

export interface OwnRules {
  folder: string;
  remove(): void;
}

/** The shipped rules and a class A rule (`test-class-a/potassium-high`, above 6.5 mmol/L) in a folder of their own. */
export function ownRules(): OwnRules {
  const folder = mkdtempSync(join(tmpdir(), 'firstcall-rules-'));
  cpSync(join(import.meta.dirname, '../../rules'), folder, { recursive: true });
  mkdirSync(join(folder, 'test-class-a'));
  writeFileSync(join(folder, 'test-class-a', 'potassium.yaml'), CLASS_A);
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
