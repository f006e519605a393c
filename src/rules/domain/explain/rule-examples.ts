import { parse } from 'yaml';
import { type Excerpt } from './rule-excerpt.js';

/** `wbc` and `3.0`, as the file writes it. */
export interface FactWritten {
  fact: string;
  value: string;
}

/** An example of a rule as its file has it. Rules are in force only when every one of theirs gave what it expects. */
export interface ExampleWritten {
  facts: readonly FactWritten[];
  /** Results of earlier days, so many before. */
  earlier: readonly { days: string; facts: readonly FactWritten[] }[];
  expect: string;
  note: string | null;
}

const MOST = 200;

/** The examples in the text of a rule; none where it has none, or the text is only what an overlay changes. */
export function examplesOf(excerpts: readonly Excerpt[]): ExampleWritten[] {
  return excerpts.flatMap(({ text }) => readExamples(text)).slice(0, MOST);
}

function readExamples(text: string): ExampleWritten[] {
  const item = parsed(text);
  const examples = isRecord(item) && Array.isArray(item['examples']) ? (item['examples'] as unknown[]) : [];
  return examples.filter(isRecord).map(({ facts, earlier, expect, note }) => ({
    facts: factsWritten(facts),
    earlier: (Array.isArray(earlier) ? (earlier as unknown[]) : []).filter(isRecord).map((day) => {
      const { days, facts: then, ...rest } = day;
      return { days: written(days), facts: factsWritten(then ?? rest) };
    }),
    expect: written(expect),
    note: typeof note === 'string' ? note : null,
  }));
}

function parsed(text: string): unknown {
  try {
    // Every value stays the text that it is: 3.0 is not 3.
    const read: unknown = parse(text, { schema: 'failsafe' });
    return Array.isArray(read) ? (read as unknown[])[0] : read;
  } catch {
    return null;
  }
}

function factsWritten(facts: unknown): FactWritten[] {
  if (!isRecord(facts)) return [];
  return Object.entries(facts).map(([fact, value]) => ({ fact, value: written(value) }));
}

function written(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
