import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { ask, type Finding, type Session, type TaskDetail } from '../api/client';
import { isOutOfReach, may } from '../api/session';
import { Failed, Loading } from '../states/States';
import { useWords } from '../words';
import { shortTime, timeLeft } from '../words/times';
import { Banner } from './Banner';
import { CallForm } from './CallForm';
import { ClaimBar } from './ClaimBar';
import { ClassBadge } from './ClassBadge';
import { Contacts } from './Contacts';
import { DecisionForm } from './DecisionForm';
import { FindingCard } from './FindingCard';
import { Looks } from './Looks';
import { PassOn } from './PassOn';
import { readBacksOf } from './read-back';
import { Reported } from './Reported';
import { Verified, VerifiedNote } from './Verified';

const History = lazy(() => import('./History'));
const OutOfReach = lazy(() => import('../people/OutOfReach'));

interface Given {
  session: Session;
  taskId: string;
  now: number;
  close: () => void;
  next: () => void;
  /** Whether the one who looks has promised this call: then nothing is to sound. */
  calling: (isCalling: boolean) => void;
}

/** Everything of one task: who, what was found, what to say, how to reach them, what became of it. A region of the page. */
export default function Sheet({ session, taskId, now, close, next, calling }: Given) {
  const words = useWords();
  const region = useRef<HTMLElement>(null);
  const [isRevealed, setRevealed] = useState(false);
  const asked = useQuery({
    queryKey: ['task', taskId, isRevealed],
    queryFn: ({ signal }) => {
      const reveal = isRevealed ? '?reveal=true' : '';
      return ask<TaskDetail>('GET', `/api/tasks/${encodeURIComponent(taskId)}${reveal}`, { signal });
    },
  });
  useEffect(() => region.current?.focus({ preventScroll: true }), []);
  const { data: task } = asked;
  const isOpen = task?.closedAt === null;
  const isReview = task?.code === 'review';
  const isCalling = isOpen && task.life.claimedBy === session.id;
  useEffect(() => {
    calling(isCalling);
    return () => calling(false);
  }, [calling, isCalling]);
  const changed = async () => (await asked.refetch()).data;
  return (
    <section ref={region} className="sheet" aria-label={words.sheet.label} tabIndex={-1}>
      <header className="sheet-bar">
        <button type="button" className="button plain" onClick={close}>
          ← {words.sheet.back} <kbd>Esc</kbd>
        </button>
        {task && (
          <span className="sheet-due">
            <ClassBadge of={task.class} />
            <strong className={Date.parse(task.due) < now ? 'late' : ''}>
              {timeLeft(Date.parse(task.due), now, words)}
            </strong>
            <span className="hint">
              {words.queue.before(shortTime(Date.parse(task.due), now, session.timeZone))}
            </span>
            <code className="hint">{words.sheet.reference(task.id.slice(-8))}</code>
            {task.code !== 'notify' && (
              <em className={`tag code-${task.code}`}>{words.queue.code[task.code]}</em>
            )}
          </span>
        )}
      </header>
      {asked.isPending && <Loading rows={5} height={80} />}
      {asked.error &&
        !task &&
        (isOutOfReach(session, asked.error) ? (
          <Suspense fallback={<Loading rows={3} height={60} />}>
            <OutOfReach whom={{ task: taskId }} opened={() => void asked.refetch()} />
          </Suspense>
        ) : (
          <Failed error={asked.error} retry={() => void asked.refetch()} />
        ))}
      {task && (
        <div className="sheet-body">
          <Looks>
            <div className={isCalling ? 'call-desk calling' : 'call-desk'}>
              <Banner
                person={task.person}
                checkup={task.checkup}
                namesakes={task.namesakes}
                isLinked={may(session, 'read-person')}
              />
              {task.closedAt !== null && <p className="notice">{words.sheet.closed}</p>}
              {/* More than fit are scrolled in their own region: whoever has no mouse comes to it by Tab. */}
              <ol className="findings" aria-label={words.sheet.findings} tabIndex={0}>
                {inOrder(task.findings).map((finding) => (
                  <li key={finding.id}>
                    <FindingCard
                      finding={finding}
                      trends={task.trends}
                      code={task.code}
                      now={now}
                      zone={session.timeZone}
                    />
                    <Reported finding={finding} session={session} changed={() => void changed()} />
                  </li>
                ))}
              </ol>
              {session.seesSensitive && !isRevealed && task.findings.some((one) => one.isConfidential) && (
                <button type="button" className="button" onClick={() => setRevealed(true)}>
                  {words.sheet.showHidden}
                </button>
              )}
              <div className="reach">
                {task.person && task.person.speakTo !== 'nobody' && (
                  <Contacts task={task} mayReveal={may(session, 'reveal-contacts')} />
                )}
                {isOpen && !isReview && (
                  <ClaimBar session={session} task={task} now={now} changed={changed} />
                )}
              </div>
              {isOpen && !isReview && <VerifiedNote life={task.life} />}
              {/* Of a closed one it says who was quicker, where somebody was about to decide it. */}
              {isReview && <DecisionForm session={session} task={task} changed={changed} next={next} />}
              {isCalling && !isReview && (
                <CallForm
                  task={task}
                  seesSensitive={session.seesSensitive}
                  zone={session.timeZone}
                  changed={changed}
                  next={next}
                />
              )}
            </div>
            {isOpen && !isReview && (
              <>
                <Verified task={task} zone={session.timeZone} changed={changed} />
                <PassOn session={session} task={task} now={now} changed={changed} />
              </>
            )}
          </Looks>
          <Suspense fallback={null}>
            <History taskId={task.id} version={task.version} session={session} now={now} />
          </Suspense>
        </div>
      )}
    </section>
  );
}

/** What is to be told first: what another finding has said already, of the same value or graver, comes last. */
function inOrder(findings: readonly Finding[]): Finding[] {
  const told = new Set(readBacksOf(findings, true).map(({ finding }) => finding.id));
  const place = ({ id }: Finding) => (told.has(id) ? 0 : 1);
  return [...findings].sort((a, b) => place(a) - place(b));
}
