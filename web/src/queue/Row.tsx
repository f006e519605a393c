import { memo } from 'react';
import type { QueueItem } from '../api/client';
import { LookAlikes } from '../parts/LookAlikes';
import { inLanguage, useLanguage } from '../words';
import { nameOf, sexAndAge } from '../words/people';
import { shortTime, timeLeft } from '../words/times';
import { ClassBadge } from './ClassBadge';
import { SameName } from './SameName';

interface Given {
  item: QueueItem;
  now: number;
  zone: string;
  /** How many people of the list have this name. */
  sameName: number;
}

/** One task: what is due by when, who and why, and how it stands. */
export const Row = memo(function Row({ item, now, zone, sameName }: Given) {
  const { language, words } = useLanguage();
  const { queue } = words;
  const due = Date.parse(item.due);
  return (
    <>
      <div role="gridcell" className="cell-due">
        <ClassBadge of={item.class} />
        <small>{queue.before(shortTime(due, now, zone))}</small>
        <span className={item.isOverdue || due < now ? 'late' : ''}>{timeLeft(due, now, words)}</span>
      </div>
      <div role="gridcell" className="cell-person">
        <strong>{nameOf(item.person, words)}</strong> <span>{sexAndAge(item.person, words)}</span>{' '}
        {item.phoneEnd !== null && <span className="hint">{queue.phoneEnd(item.phoneEnd)} </span>}
        <SameName count={sameName} />
        {item.isNew && <em className="tag new">{queue.isNew}</em>}
        <span className="headline">
          <LookAlikes>
            {item.isConfidential ? queue.confidential : inLanguage(item.brief, language)}
          </LookAlikes>{' '}
          {item.findingCount > 1 && <em className="tag">{queue.more(item.findingCount)}</em>}
        </span>
      </div>
      <div role="gridcell" className="cell-state">
        <span>
          {item.life.claimedByName ??
            queue.status[
              item.life.claimedBy === null && item.status !== 'on-hold' ? 'requested' : item.status
            ]}
        </span>
        {item.code !== 'notify' && <em className={`tag code-${item.code}`}>{queue.code[item.code]}</em>}
      </div>
    </>
  );
});
