import { atHour, DAY, HOUR, MINUTE } from './moment.js';
import { type Random } from './random.js';
import { type Scenario, SCENARIO_NAMES } from './scenario.js';

/** How a client's newest results stand to `now`. */
export type Timing = 'today' | 'this-week' | 'earlier' | 'late';

/** What the sample has in store for one client. */
export interface ClientPlan {
  timing: Timing;
  /** Important results of the newest checkup; none for most people. */
  scenarios: Scenario[];
  /** The laboratory takes the (only) important result back: it was a clotted specimen. */
  corrected: boolean;
  /** A creatinine that lost its unit. */
  missingUnit: boolean;
}

/** Share of clients with an important result: 7.2 % of 65,045 examinees in one centre, 2022 (notification clocks, sizing). */
const IMPORTANT_SHARE = 0.07;

/**
 * Gives the special parts to clients: about 7 % have an important result; of these some ring today (one of them
 * with two results, one corrected soon after), two rang this week, one comes late, the rest is history.
 */
export function planClients(random: Random, people: number): ClientPlan[] {
  const plans = Array.from({ length: people }, (): ClientPlan => {
    return { timing: 'earlier', scenarios: [], corrected: false, missingUnit: false };
  });
  const [...cast] = random.shuffle(plans);
  const important = cast.splice(0, Math.min(people, Math.max(6, Math.round(people * IMPORTANT_SHARE))));
  const scenarios = random.shuffle(SCENARIO_NAMES);
  important.forEach((plan, i) => {
    plan.scenarios = [scenarios[i % scenarios.length] as Scenario];
    plan.timing = 'earlier';
  });
  const today = Math.max(4, Math.min(8, Math.round(important.length * 0.4)));
  important.slice(0, today).forEach((plan) => (plan.timing = 'today'));
  important.slice(today, today + 2).forEach((plan) => (plan.timing = 'this-week'));
  castSpecialParts(important, today);
  // People without anything important who were examined today as well, one of them with an incomplete result.
  const quietToday = cast.slice(0, Math.round(people * 0.04) + 1);
  quietToday.forEach((plan) => (plan.timing = 'today'));
  if (quietToday[0]) quietToday[0].missingUnit = true;
  return plans;
}

function castSpecialParts(important: readonly ClientPlan[], today: number): void {
  const [twice, corrected] = important;
  if (twice) twice.scenarios = ['glucose-fasting', 'tumour-marker-high'];
  if (corrected) Object.assign(corrected, { scenarios: ['plt-low'], corrected: true });
  // Only imaging, cytology and tumour markers go to review as late.
  const late = important[today + 2] ?? important.at(-1);
  if (late && late !== twice && late !== corrected) {
    Object.assign(late, { timing: 'late', scenarios: ['imaging-malignancy'] });
  }
}

/** Instants of a client's checkups, oldest first: one to three, about a year apart, the last one as the plan says. */
export function visitTimes(random: Random, timing: Timing, now: number, years: number): number[] {
  const newest = newestVisit(random, timing, now, years);
  const times = [newest];
  const wanted = random.weighted([[1, 45], [2, 40], [3, 15]] as const); // prettier-ignore
  while (times.length < wanted) {
    const before = (times[0] ?? newest) - Math.round(random.between(330, 400)) * DAY;
    if (before < now - years * 365 * DAY) break;
    times.unshift(atHour(before, random.between(7.5, 10)));
  }
  return times;
}

function newestVisit(random: Random, timing: Timing, now: number, years: number): number {
  if (timing === 'today') return now - Math.round(random.between(2.5, 6) * 60) * MINUTE;
  const daysAgo = {
    'this-week': () => random.integer(2, 6),
    late: () => random.integer(46, 60),
    // Beyond the 30 days after which a result does not ring any more.
    earlier: () => random.integer(34, Math.max(35, Math.round(years * 365) - 5)),
  }[timing]();
  return atHour(now - daysAgo * DAY, random.between(7.5, 10));
}

/** Release of the results: within two hours today, else the next afternoon. */
export function releaseTime(random: Random, timing: Timing, drawnAt: number, now: number): number {
  if (timing === 'today')
    return Math.min(now - 5 * MINUTE, drawnAt + Math.round(random.between(60, 120)) * MINUTE);
  return atHour(drawnAt + 24 * HOUR, random.between(14, 17.5));
}
