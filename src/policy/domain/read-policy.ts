import { Ajv } from 'ajv';
import { DateTime } from 'luxon';
import { type Document, isMap, isNode, LineCounter, parseDocument } from 'yaml';
import { AppError, type FileFault, type FileNotice, fileNotice, type Told } from '../../kernel/index.js';
import { weakSpots } from './duty.js';
import { faultOf, memberAt, type PolicyFault } from './policy-faults.js';
import { POLICY_MESSAGES, POLICY_WARNINGS, type PolicyFaultKind } from './policy-messages.js';
import { POLICY_SCHEMA } from './policy-schema.js';
import { isTooLong, LONGEST_HOURS, type NotificationPolicy, URGENCIES } from './policy.js';
import { workingFaults } from './working-faults.js';

/** Where the policy stands among the rule files. */
export const POLICY_PATH = 'notification/policy.yaml';

const validate = new Ajv({ allErrors: true, useDefaults: true, verbose: true }).compile<NotificationPolicy>(
  POLICY_SCHEMA,
);

/**
 * Reads the notification policy from its file.
 * @param path what its faults are reported under
 * @throws AppError `rules-refused` with file, line and column of every fault
 */
export function readPolicy({ path: file, text }: { path: string; text: string }): NotificationPolicy {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const told = (at: number, kind: PolicyFaultKind, details: Told): FileFault => {
    const { line, col: column } = lines.linePos(at);
    return {
      code: 'rules-refused',
      ...fileNotice(file, { line, column }, kind, POLICY_MESSAGES[kind], details),
    };
  };
  const syntax = document.errors.map(({ code, message, pos }) => {
    if (code === 'DUPLICATE_KEY') return told(pos[0], 'policy-doubled-key', {});
    return told(pos[0], 'policy-not-yaml', { problem: message.split('\n')[0] });
  });
  if (syntax.length > 0) throw new AppError(syntax);
  const policy: unknown = document.toJS();
  const written = new Set(Object.keys(policy ?? {}));
  const faults = validate(policy)
    ? [...limitFaults(policy), ...calendarFaults(policy), ...workingFaults(policy, written)]
    : (validate.errors ?? []).map(faultOf);
  if (faults.length > 0) {
    throw new AppError(
      faults.map(({ way, kind, told: details }) => told(offsetOf(document, way), kind, details)),
    );
  }
  return policy as NotificationPolicy;
}

/**
 * What refuses nothing, but must be seen: times of the week at which the absence of one role, or of none, would leave a
 * class A unheard by anybody who is named.
 */
export function policyWarnings(
  { path: file, text }: { path: string; text: string },
  policy: NotificationPolicy,
): FileNotice[] {
  const place = new LineCounter();
  const rota = parseDocument(text, { lineCounter: place }).getIn(['rota'], true);
  const { line, col: column } = place.linePos((isNode(rota) ? rota.range?.[0] : undefined) ?? 0);
  return weakSpots(policy).map(({ role, weekday, clock }) => {
    const kind = role === null ? 'policy-nobody-on-duty' : 'policy-rests-on-one';
    return fileNotice(file, { line, column }, kind, POLICY_WARNINGS[kind], {
      weekday,
      clock,
      role: role ?? '',
    });
  });
}

/** Limits beyond what their class allows. */
function limitFaults({ tell_within: limits }: NotificationPolicy): PolicyFault[] {
  return URGENCIES.filter((urgency) => isTooLong(urgency, limits[urgency])).map((urgency) => {
    const way = ['tell_within', urgency];
    const [[unit, amount] = []] = Object.entries(limits[urgency]);
    const longest = LONGEST_HOURS[urgency]!;
    const expected = longest < 24 ? `{ hours: ${longest} }` : `{ days: ${longest / 24} }`;
    const told = { class: urgency, member: memberAt(way), found: `{ ${unit}: ${amount} }`, expected };
    return { way, kind: 'policy-too-long', told };
  });
}

/** What a schema cannot say: days that exist, and a working day that ends after it began. */
function calendarFaults(policy: NotificationPolicy): PolicyFault[] {
  const faults = (['holidays', 'extra_workdays'] as const).flatMap((list) =>
    policy[list].flatMap((day, i): PolicyFault[] => {
      if (DateTime.fromISO(day).isValid) return [];
      return [
        { way: [list, String(i)], kind: 'policy-no-day', told: { member: memberAt([list]), found: day } },
      ];
    }),
  );
  const { from, to } = policy.working_hours;
  const way = ['working_hours', 'to'];
  if (from >= to)
    faults.push({ way, kind: 'policy-short-day', told: { member: memberAt(way), found: to, from } });
  return faults;
}

/** Where an element stands; a member that should not be there is found by its name. */
function offsetOf(document: Document, path: readonly string[]): number {
  const parent = document.getIn(path.slice(0, -1), true);
  const key =
    isMap(parent) && parent.items.find((pair) => isNode(pair.key) && pair.key.toString() === path.at(-1));
  const node = key ? key.key : document.getIn(path, true);
  return (isNode(node) ? node.range?.[0] : undefined) ?? 0;
}
