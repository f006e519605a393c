import { lazy, Suspense, useState } from 'react';
import type { Schemas } from '../api/client';
import { may } from '../api/session';
import { LookAlikes } from '../parts/LookAlikes';
import { unitsInWords } from '../parts/units';
import { ClassBadge } from '../queue/ClassBadge';
import { Loading } from '../states/States';
import { inLanguage, useLanguage, useOwn } from '../words';
import { shortTime } from '../words/times';
import type { PartGiven } from './given';
import { Silenced } from './Silenced';
import { PEOPLE } from './words';

const Why = lazy(() => import('./Why'));

/** Every finding, the latest first, each with the reasons for it. */
export function FindingsPart({
  session,
  page,
  now,
  isRevealed,
  reveal,
  changed,
}: PartGiven & { reveal: () => void; changed: () => void }) {
  const words = useOwn(PEOPLE);
  if (page.findings.length === 0) return <p className="state">{words.finding.none}</p>;
  const isHidden = !isRevealed && page.findings.some(({ isConfidential }) => isConfidential);
  return (
    <>
      {isHidden && session.seesSensitive && (
        <p>
          <button type="button" className="button" onClick={reveal}>
            {words.finding.show}
          </button>
        </p>
      )}
      <ol className="findings">
        {page.findings.map((finding) => (
          <li key={finding.id}>
            <One
              finding={finding}
              loop={page.loops.find(({ findingId }) => findingId === finding.id)}
              time={(at) => shortTime(Date.parse(at), now, session.timeZone)}
              isRevealed={isRevealed}
              personId={page.person.id}
              maySilence={may(session, 'set-silences')}
              changed={changed}
            />
          </li>
        ))}
      </ol>
    </>
  );
}

interface OneGiven {
  finding: Schemas['FindingShown'];
  loop: Schemas['LoopShown'] | undefined;
  time: (at: string) => string;
  isRevealed: boolean;
  personId: string;
  maySilence: boolean;
  changed: () => void;
}

function One({ finding, loop, time, isRevealed, personId, maySilence, changed }: OneGiven) {
  const { language, words: all } = useLanguage();
  const { finding: words } = useOwn(PEOPLE);
  const [isOpen, setOpen] = useState(false);
  const isOver = finding.status === 'retracted';
  const state = loop?.state;
  return (
    <article className={`finding class-${finding.class}${isOver ? ' is-over' : ''}`}>
      <header>
        <ClassBadge of={finding.class} />
        <h3>
          <LookAlikes>
            {finding.isConfidential && !isRevealed
              ? all.queue.confidential
              : inLanguage(finding.title, language)}
          </LookAlikes>
        </h3>
        {isOver && <em className="tag">{words.withdrawn}</em>}
        {finding.kind === 'review' && <em className="tag code-review">{words.review}</em>}
        {finding.status === 'preliminary' && <em className="tag">{words.preliminary}</em>}
        {state && <em className={state === 'closed' ? 'tag done' : 'tag warn'}>{words.loop[state]}</em>}
        <span className="hint">{all.sheet.taken(time(finding.at))}</span>
      </header>
      <p>
        <LookAlikes>{unitsInWords(inLanguage(finding.sentence, language))}</LookAlikes>
      </p>
      <div className="acts">
        <button
          type="button"
          className="button"
          aria-expanded={isOpen}
          aria-label={`${words.explain}: ${inLanguage(finding.title, language)}`}
          onClick={() => setOpen(!isOpen)}
        >
          {words.explain}
        </button>
        <span className="hint">
          {finding.toldAt === null ? words.notTold : words.told(time(finding.toldAt))}
        </span>
      </div>
      <Silenced {...{ personId, finding, maySilence, time, changed }} />
      {isOpen && (
        <Suspense fallback={<Loading rows={2} height={40} />}>
          <Why findingId={finding.id} time={time} isRevealed={isRevealed} />
        </Suspense>
      )}
    </article>
  );
}
