import { CARE_SETTINGS, LADDER_ROLES, ROUTE_TARGETS } from '../../../policy/domain/calling.js';
import { URGENCIES } from '../../../policy/domain/urgency.js';
import { type CaseFile } from '../files/read-rules.js';
import { type FaultList, type SourceNode } from '../files/source-node.js';
import { CALL_ANSWERS, type CallAnswer, type ExpectedAnswer, type PolicyCase } from './policy-case.js';
import { readMoment } from './read-moment.js';

/** What a file of cases of the policy may have. */
export const POLICY_CASE_FILE_KEYS = ['kind', 'title', 'owner', 'review-by', 'note', 'cases'] as const;
/** What such a case may have. */
export const POLICY_CASE_KEYS = ['name', 'note', 'class', 'found', 'care-setting', 'rung', 'told', 'expect'] as const;
/** What it may expect. */
export const CALL_ANSWER_KEYS = Object.keys(CALL_ANSWERS) as CallAnswer[];

/** Reads a file of cases of the notification policy. Cases with faults are left out. */
export function readPolicyCaseFile({ node, faults }: CaseFile, zone: string): PolicyCase[] {
  const members = faults.map(node, 'a file of cases', POLICY_CASE_FILE_KEYS);
  if (!members) return [];
  if (!members.cases) {
    faults.add(node, 'missing', { what: 'cases' });
    return [];
  }
  return faults.list(members.cases, 'cases').flatMap((one) => readPolicyCase(one, zone, faults) ?? []);
}

function readPolicyCase(node: SourceNode, zone: string, faults: FaultList): PolicyCase | null {
  const members = faults.map(node, 'a case', POLICY_CASE_KEYS);
  if (!members) return null;
  const name = faults.text(members.name, node, 'name');
  for (const key of ['class', 'found'] as const) if (!members[key]) faults.add(node, 'missing', { what: key });
  const urgency = members.class ? faults.word(members.class, 'class', URGENCIES) : null;
  const setting = members['care-setting'];
  const careSetting = setting ? faults.word(setting, 'care-setting', CARE_SETTINGS) : 'checkup';
  const [found, rung, told] = [members.found, members.rung, members.told].map((moment) =>
    moment ? (readMoment(moment, zone, faults)?.from ?? null) : null,
  ) as [Date | null, Date | null, Date | null];
  if (!members.expect) faults.add(node, 'policy-case-no-expect');
  const expect = members.expect ? readAnswers(members.expect, zone, faults) : null;
  if (name === null || !urgency || !found || !careSetting || !expect) return null;
  return { path: faults.placeOf(node), name, urgency, found, careSetting, rung, told, expect };
}

function readAnswers(node: SourceNode, zone: string, faults: FaultList): ExpectedAnswer[] | null {
  const members = faults.map(node, 'expect', CALL_ANSWER_KEYS);
  if (!members) return null;
  const answers = CALL_ANSWER_KEYS.flatMap((answer): ExpectedAnswer[] => {
    const value = members[answer];
    if (!value) return [];
    const written = readAnswer(answer, value, zone, faults);
    return written === null ? [] : [{ path: faults.placeOf(value), answer, written }];
  });
  if (node.members.size === 0) faults.add(node, 'policy-case-no-expect');
  return answers;
}

/** As answers are written; null where it cannot be read. */
function readAnswer(answer: CallAnswer, node: SourceNode, zone: string, faults: FaultList): string | null {
  if (answer === 'first') {
    const targets = faults.list(node, answer).map((item) => faults.word(item, answer, ROUTE_TARGETS));
    return targets.includes(null) ? null : targets.join(', ');
  }
  if (answer !== 'asked') return momentOf(node, zone, faults);
  const members = faults.map(node, answer, LADDER_ROLES);
  if (!members) return null;
  const steps = Object.entries(members).map(([role, at]) => [role, momentOf(at, zone, faults)] as const);
  return steps.some(([, at]) => at === null) ? null : steps.map((step) => step.join(' ')).sort().join(', ');
}

function momentOf(node: SourceNode, zone: string, faults: FaultList): string | null {
  const moment = readMoment(node, zone, faults);
  return moment && moment.written.replace('T', ' ').slice(0, 'YYYY-MM-DD HH:MM'.length);
}
