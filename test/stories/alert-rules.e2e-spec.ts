import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Desk, potassium, RIGHT } from '../support/desk.js';
import { minutesAfter } from '../support/messages.js';

const RULES = join(import.meta.dirname, '../../deploy/prometheus/firstcall.rules.yaml');
/** Named by whoever has one: then there is no way around it. */
const NAMED = process.env.FIRSTCALL_TEST_PROMTOOL;
const PROMTOOL = NAMED ?? 'promtool';
const hasPromtool = spawnSync(PROMTOOL, ['--version']).status === 0;

interface RuleFile {
  groups: { name: string; rules: { alert: string; expr: string; for?: string }[] }[];
}

describe('the alert rules for Prometheus', () => {
  const { groups } = parse(readFileSync(RULES, 'utf8')) as RuleFile;
  const rules = groups.flatMap((group) => group.rules);

  it('each have a name of their own, an expression, and nothing that Prometheus does not know', () => {
    expect(rules.length).toBeGreaterThan(10);
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const rule of rules) {
      expect(Object.keys(rule).filter((key) => !['alert', 'expr', 'for'].includes(key))).toEqual([]);
      expect(rule.expr).toMatch(/[<>=]/);
      if (rule.for !== undefined) expect(rule.for).toMatch(/^\d+[smh]$/);
    }
  });

  it('ask for metrics and labels that the service gives', async () => {
    const desk = await Desk.open();
    try {
      const { id } = await desk.called([potassium(7)]);
      await desk.wang.act(id, 'claim');
      desk.app.clock.set(minutesAfter(9));
      await desk.wang.call(id, {
        outcome: 'told',
        ...RIGHT,
        readBack: await desk.readBack(id, '7', 'mmol/L'),
      });
      await desk.called([potassium(8)]);
      const { text } = await desk.app.get('/metrics', { key: 'read' });
      const given = new Set([...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name!));
      for (const { alert, expr } of rules) {
        const asked = [...expr.matchAll(/\bfirstcall_\w+/g)].map(([name]) =>
          name.replace(/_(?:bucket|count|sum)$/, ''),
        );
        expect([alert, asked.length > 0, asked.filter((name) => !given.has(name))]).toEqual([
          alert,
          true,
          [],
        ]);
      }
      expect(text).toContain('firstcall_told_tasks{urgency="A",in_time="yes"} 1');
      expect(text).toContain('firstcall_tell_seconds{urgency="A",quantile="0.5"} 540');
    } finally {
      await desk.close();
    }
  });
});

describe('the alert rules, to promtool', () => {
  const checked = (path: string): { status: number | null; stdout: string } =>
    spawnSync(PROMTOOL, ['check', 'rules', path], { encoding: 'utf8' });

  it('are sound, and broken ones are not', () => {
    if (!hasPromtool && NAMED === undefined) {
      const how = 'apt-get install prometheus, or set FIRSTCALL_TEST_PROMTOOL';
      process.stderr.write(
        `\n!!! NOT TESTED, no promtool (${how}): the alert rules as Prometheus reads them\n`,
      );
      return;
    }
    const { status, stdout } = checked(RULES);
    expect([status, /SUCCESS: \d+ rules found/.test(stdout)]).toEqual([0, true]);
    const folder = mkdtempSync(join(tmpdir(), 'firstcall-alerts-'));
    try {
      const broken = join(folder, 'broken.yaml');
      writeFileSync(broken, readFileSync(RULES, 'utf8').replace(/expr: /, 'expr: sum(('));
      expect(checked(broken).status).not.toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
