import { DateTime } from 'luxon';
import { type FileNotice, type Place } from '../../../kernel/index.js';
import { STATUSES, type Status } from '../rule.js';
import { type FaultList, noticeOf, type SourceNode, asWritten } from './source-node.js';

/** Who answers for a file or one rule of it, and by when it must be looked at again. */
export interface Head {
  owner: string;
  /** A day, `YYYY-MM-DD`. */
  reviewBy: string;
  /** Where the day stands. */
  at: Place;
}

/** The head that every file has. Null, with faults, when a part of it is missing or wrong. */
export function readHead(node: SourceNode, faults: FaultList): Head | null {
  const member = (name: string) => node.members.get(name)?.value;
  const owner = faults.text(member('owner'), node, 'owner', 'no-owner');
  const at = member('review-by');
  const reviewBy = faults.text(at, node, 'review-by', 'no-review-by');
  const day = reviewBy === null || !at ? null : readDay(at, faults);
  return owner !== null && day !== null && at ? { owner, reviewBy: day, at } : null;
}

/** The head of a rule: what it does not say itself is the file's. */
export function readOwnHead(node: SourceNode, file: Head, faults: FaultList): Head {
  const ownerNode = node.members.get('owner')?.value;
  const at = node.members.get('review-by')?.value;
  return {
    owner: (ownerNode && faults.text(ownerNode, node, 'owner')) ?? file.owner,
    reviewBy: (at && readDay(at, faults)) ?? file.reviewBy,
    at: at ?? file.at,
  };
}

function readDay(node: SourceNode, faults: FaultList): string | null {
  const day = asWritten(node);
  if (/^\d{4}-\d{2}-\d{2}$/.test(day) && DateTime.fromISO(day).isValid) return day;
  faults.add(node, 'bad-date', { what: 'review-by', found: day, expected: 'YYYY-MM-DD' });
  return null;
}

/** The standing of a number in its source; what nobody has checked against it must say that it is pending. */
export function readStatus(node: SourceNode, review: 'pending' | null, faults: FaultList): Status | null {
  const status = faults.word(node, 'status', STATUSES);
  if (status !== null && status !== 'found' && review !== 'pending') {
    faults.add(node, 'not-pending', { found: status, expected: 'review: pending' });
  }
  return status;
}

/** A day by which somebody must look at a file, or at a rule, again. */
export interface ReviewDate extends Omit<Head, 'at'> {
  file: string;
  at: Place;
}

/** The days that have passed, each as a warning. The day itself is not yet overdue. */
export function overdueReviews(dates: readonly ReviewDate[], today: string): FileNotice[] {
  return dates
    .filter(({ reviewBy }) => reviewBy < today)
    .map(({ file, at, owner, reviewBy }) => noticeOf(file, at, 'review-overdue', { found: reviewBy, owner }));
}
