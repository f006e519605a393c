import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rulesWith } from './own-rules.js';

const BLOOD_COUNT = 'important-results/blood-count.yaml';

/** A copy of the first shipped pack that a test edits as a doctor would. The limits that it sets are no clinical ones. */
export class RulesFolder {
  private readonly copy = rulesWith({});
  readonly path = this.copy.folder;

  remove(): void {
    this.copy.remove();
  }

  read(path: string): string {
    return readFileSync(join(this.path, path), 'utf8');
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.path, path)), { recursive: true });
    writeFileSync(join(this.path, path), text);
  }

  /** White cells are low at this count and below (as shipped: 3.0). */
  setWhiteCellLimit(limit: number): void {
    this.write(BLOOD_COUNT, withWhiteCellLimit(this.read(BLOOD_COUNT), limit));
  }

  /** A mistyped fact, as it is saved: the rule would never be asked. */
  breakWhiteCells(): void {
    this.write(BLOOD_COUNT, this.read(BLOOD_COUNT).replace('fact: wbc,', 'fact: wcb,'));
  }

  mendWhiteCells(): void {
    this.write(BLOOD_COUNT, this.read(BLOOD_COUNT).replace('fact: wcb,', 'fact: wbc,'));
  }

  /** Class B is told within so many days (as shipped: 7). */
  setDaysOfClassB(days: number): void {
    const path = 'notification/policy.yaml';
    this.write(path, this.read(path).replace(/B: \{ days: \d+ \}/, `B: { days: ${days} }`));
  }
}

function withWhiteCellLimit(text: string, limit: number): string {
  const [start, end] = [text.indexOf('- id: wbc-low'), text.indexOf('- id: rbc-low')];
  const rule = text
    .slice(start, end)
    .replace(/value: [\d.]+/, `value: ${limit.toFixed(1)}`)
    .replace(/examples:[^]*$/, '');
  const examples = [
    'examples:',
    `      - { facts: { wbc: ${limit.toFixed(1)} }, expect: fires }`,
    `      - { facts: { wbc: ${(limit + 0.1).toFixed(1)} }, expect: silent }`,
    '',
    '  ',
  ].join('\n');
  return text.slice(0, start) + rule + examples + text.slice(end);
}
