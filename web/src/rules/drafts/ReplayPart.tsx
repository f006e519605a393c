import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { ask, type Schemas, type Session } from '../../api/client';
import { may } from '../../api/session';
import { Failed, Loading } from '../../states/States';
import { useOwn } from '../../words';
import { RuleNames } from './RuleNames';
import { type Draft, draftAt, faultOf } from './useDraft';
import { useSeen } from './useSeen';
import { DRAFTS } from './words';

const LOOK_AGAIN_MS = 1000;

type Replay = Schemas['DraftReplayShown'];

/** Whom the draft would judge otherwise than the rules in force, in numbers and by name. */
export function ReplayPart({ session, draft, keep }: { session: Session; draft: Draft; keep: (draft: Draft) => void }) {
  const words = useOwn(DRAFTS);
  const asked = useQuery({
    queryKey: ['draft-replay', draft.id, draft.revision],
    queryFn: ({ signal }) => ask<Replay>('GET', draftAt(draft.id, '/replay'), { signal, isByItself: true }),
    refetchInterval: ({ state: { data } }) => (data?.state === 'running' ? LOOK_AGAIN_MS : false),
  });
  const start = useMutation({
    mutationFn: () => ask<Replay>('POST', draftAt(draft.id, '/replay'), { body: {} }),
    onSettled: () => void asked.refetch(),
  });
  const { data } = asked;
  const isDone = data?.state === 'done';
  useSeen({ draft, keep, what: 'replay', isShown: isDone && may(session, 'approve-rules') });
  if (asked.isPending) return <Loading rows={4} height={64} />;
  if (!data) return <Failed error={asked.error} retry={() => void asked.refetch()} />;
  if (draft.changes.length === 0) return <p className="state">{words.noChanges}</p>;
  return (
    <div className="stack">
      <section className="panel">
        <p>{words.replayWhat}</p>
        {data.state === 'running' && (
          <div role="status">
            <progress className="wide" max={Math.max(1, data.total)} value={data.done} aria-label={words.parts.replay} />
            <p className="hint">{words.replayRunning(data.done, data.total)}</p>
          </div>
        )}
        {data.state === 'failed' && <p className="fault">{words.replayFailed}</p>}
        {isDone && !data.isCurrent && draft.state !== 'in-force' && <p className="fault">{words.replayOld}</p>}
        {start.error && <p className="fault">{faultOf(start.error, words)}</p>}
        {data.state !== 'running' && draft.state !== 'in-force' && (
          <p>
            <button type="button" className="button main" disabled={start.isPending} onClick={() => start.mutate()}>
              {data.state === 'none' ? words.replayStart : words.replayAgain}
            </button>
          </p>
        )}
      </section>
      {isDone && <Result replay={data} />}
    </div>
  );
}

function Result({ replay }: { replay: Replay }) {
  const words = useOwn(DRAFTS);
  const { rules = [], levels = [], people, callsADay } = replay;
  const numbers = [
    [words.gaining, replay.gaining],
    [words.losing, replay.losing],
    [words.otherwise, replay.otherwise],
    [words.moving, replay.moving],
  ] as const;
  return (
    <>
      <div className="figures">
        {numbers.map(([name, count = 0]) => (
          <div key={name} className="panel figure">
            <b>{count}</b> <span className="hint">{name}</span>
          </div>
        ))}
        {callsADay && (
          <div className="panel figure">
            <b>{words.perDay(callsADay.inForce, callsADay.draft)}</b> <span className="hint">{words.callsADay}</span>
          </div>
        )}
        <div className="panel figure">
          <b>{replay.callsNow ?? 0}</b> <span className="hint">{words.callsNow}</span>
        </div>
        {Boolean(replay.silencedNow) && (
          <div className="panel figure">
            <b>{replay.silencedNow}</b> <span className="hint">{words.silencedNow}</span>
          </div>
        )}
      </div>
      {rules.length === 0 && levels.length === 0 && <p className="state">{words.nobody}</p>}
      {rules.length > 0 && (
        <Table
          name={words.byRule}
          heads={[words.rule, words.gained, words.lost, words.changedClass]}
          rows={rules.map(({ rule, gained, lost, otherwise }) => [
            <RuleNames key={rule} ids={[rule]} />,
            gained,
            lost,
            otherwise,
          ])}
        />
      )}
      {levels.length > 0 && (
        <Table
          name={words.byLevel}
          heads={[words.from, words.to, words.moving]}
          rows={levels.map(({ from, to, people: moved }) => [from ?? '—', to ?? '—', words.people(moved)])}
        />
      )}
      {people === undefined && rules.length + levels.length > 0 && <p className="hint">{words.touchedHidden}</p>}
      {people && people.length > 0 && (
        <Table
          name={words.touched}
          heads={[words.openPerson(people.length), words.rule, words.byLevel]}
          rows={people.map(({ person, rules: touched, level }, i) => [
            <Link key={person} href={`/people/${person}`}>
              {words.openPerson(i + 1)}
            </Link>,
            <RuleNames key="rules" ids={touched} />,
            level ? `${level.from ?? '—'} → ${level.to ?? '—'}` : '',
          ])}
        />
      )}
    </>
  );
}

interface TableGiven {
  name: string;
  heads: readonly string[];
  rows: readonly (readonly React.ReactNode[])[];
}

function Table({ name, heads, rows }: TableGiven) {
  return (
    <section className="panel table-box" aria-label={name}>
      <h2>{name}</h2>
      <table className="table">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, i) => (
            <tr key={i}>
              {cells.map((cell, j) => (
                <td key={j}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
