import { type Finding, type FindingDraft } from '../../assessment/index.js';
import { type PlannedTask } from '../../tasks/index.js';
import { compareFindings, compareTasks, type StoredTask } from './compare.js';

const disposes = (): { disposition: string; reason: string } => ({
  disposition: 'call',
  reason: 'important',
});
const draft = {
  ruleId: 'pack/rule',
  component: 0,
  kind: 'finding',
  status: 'final',
  urgency: 'important',
  toldValue: 'x',
} as FindingDraft;
const stored = (change: Partial<Finding> = {}): Finding =>
  ({
    ...draft,
    ...disposes(),
    observationId: 'o1',
    personId: 'p1',
    identifiedAt: new Date(0),
    ...change,
  }) as Finding;
const kinds = (drafts: FindingDraft[], ...found: Finding[]): string =>
  compareFindings(
    'p1',
    drafts.map((one) => ({ observationId: 'o1', draft: one })),
    found,
    disposes,
  )
    .map(({ kind, detail }) => `${kind}: ${detail}`)
    .join(' | ');

describe('findings that should stand against those that do', () => {
  it('has nothing to say where they agree', () => {
    expect(kinds([draft], stored())).toBe('');
    expect(kinds([], stored({ status: 'retracted' }))).toBe('');
    expect(kinds([])).toBe('');
  });

  it.each<[string, FindingDraft[], Finding[], RegExp]>([
    ['a lost one', [draft], [], /^missing-finding/],
    ['one retracted for nothing', [draft], [stored({ status: 'retracted' })], /^missing-finding/],
    ['an invented one', [], [stored()], /^extra-finding/],
    ['one of another result', [draft], [stored({ observationId: 'o2' })], /^missing-finding.*extra-finding/],
    ['another component', [draft], [stored({ component: 1 })], /^missing-finding.*extra-finding/],
    ['another kind', [draft], [stored({ kind: 'review' })], /^wrong-finding: kind is review/],
    ['another status', [draft], [stored({ status: 'preliminary' })], /^wrong-finding: status/],
    ['another urgency', [draft], [stored({ urgency: 'C' })], /^wrong-finding: urgency is C/],
    ['another value', [draft], [stored({ toldValue: 'y' })], /^wrong-finding: toldValue/],
    ['another way', [draft], [stored({ disposition: 'none' })], /^wrong-finding: disposition/],
    ['another reason', [draft], [stored({ reason: 'stale' })], /^wrong-finding: reason/],
    ['another person', [draft], [stored({ personId: null })], /^wrong-finding: person is none, should be p1/],
  ])('finds %s', (_, drafts, found, expected) => {
    expect(kinds(drafts, ...found)).toMatch(expected);
  });
});

describe('tasks that should be open against those that are', () => {
  const plan: PlannedTask = {
    code: 'notify',
    urgency: 'important',
    dueAt: new Date(0),
    since: new Date(0),
    reasonFindingId: 'f1',
    findingIds: ['f1', 'f2'],
  };
  const open = (change: Partial<StoredTask> = {}): StoredTask => ({ ...plan, id: 't1', ...change });
  const found = (plans: PlannedTask[], ...tasks: StoredTask[]): string =>
    compareTasks('p1', plans, tasks)
      .map(({ kind, detail }) => `${kind}: ${detail}`)
      .join(' | ');

  it('has nothing to say where they agree, whatever the order of findings', () => {
    expect(found([plan], open({ findingIds: ['f2', 'f1'] }))).toBe('');
    expect(found([])).toBe('');
  });

  it.each<[string, PlannedTask[], StoredTask[], RegExp]>([
    ['a lost call', [plan], [], /^missing-task: important, due 1970/],
    ['a call for nothing', [], [open()], /^extra-task/],
    ['a review in its place', [plan], [open({ code: 'review' })], /^missing-task.*extra-task/],
    ['a second call', [plan], [open(), open({ id: 't2' })], /^extra-task: should not be open$/],
    ['another urgency', [plan], [open({ urgency: 'C' })], /^wrong-task: urgency/],
    ['another due time', [plan], [open({ dueAt: new Date(1) })], /^wrong-task: due/],
    ['another reason', [plan], [open({ reasonFindingId: 'f2' })], /^wrong-task: reason/],
    ['a hidden finding', [plan], [open({ findingIds: ['f1'] })], /^wrong-task: findings/],
  ])('finds %s', (_, plans, tasks, expected) => {
    expect(found(plans, ...tasks)).toMatch(expected);
  });
});
