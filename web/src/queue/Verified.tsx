import { useMutation } from '@tanstack/react-query';
import { type KeyboardEvent, useRef, useState } from 'react';
import { ask, Refusal, type Schemas, type TaskDetail } from '../api/client';
import { useOnce } from '../parts/useOnce';
import { useOwn, useWords } from '../words';
import { DESK } from './desk-words';
import { useKeys } from './keys';
import { type ReadAgain, useMeanwhile } from './meanwhile';

type Body = Schemas['ConfirmBody'];
type Confirmation = Body['confirmation'];
const CONFIRMATIONS = ['confirmed', 'redraw', 'doubtful', 'rejected'] as const;
const SPECIMEN = ['haemolysis', 'lipaemia', 'clotting'] as const;
/** Those that have a key of their own. */
const LETTERS: Partial<Record<Confirmation, string>> = { confirmed: 'Y', redraw: 'R' };

/** 核实: what the doctor or the laboratory says of the result and its specimen. The clock goes on all the while. */
export function Verified({
  task,
  zone,
  changed,
}: {
  task: TaskDetail;
  /** Of the centre. */
  zone: string;
  changed: ReadAgain;
}) {
  const { verified: words, changed: isOther } = useOwn(DESK);
  const { states } = useWords();
  const [wanted, setWanted] = useState<Confirmation | null>(null);
  const [reason, setReason] = useState('');
  const [specimen, setSpecimen] = useState<(typeof SPECIMEN)[number][]>([]);
  const region = useRef<HTMLDivElement>(null);
  /** Keys go on in the sheet. */
  const putAway = () => {
    setWanted(null);
    region.current?.closest<HTMLElement>('[tabindex="-1"]')?.focus({ preventScroll: true });
  };
  const { meanwhile, acts, failed } = useMeanwhile(task, changed, zone);
  const act = useMutation({
    onMutate: acts,
    mutationFn: (said: Confirmation) => {
      const body = {
        ...{ version: task.version, confirmation: said, specimen },
        ...(reason.trim() !== '' && { reason: reason.trim() }),
      };
      return ask('POST', `/api/tasks/${encodeURIComponent(task.id)}/confirm`, { body });
    },
    onSuccess: () => {
      // What was said of one is not said of the next.
      setReason('');
      setSpecimen([]);
      putAway();
      return changed();
    },
    onError: failed,
  });
  const send = useOnce(act);
  useKeys({ y: () => setWanted('confirmed'), r: () => setWanted('redraw') });
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && wanted && !act.isPending) {
      event.preventDefault();
      send(wanted);
    }
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    putAway();
  };
  return (
    <div ref={region} className="pass-on" role="group" aria-label={words.title}>
      <div className="acts">
        {CONFIRMATIONS.map((one) => (
          <button
            key={one}
            type="button"
            className="button"
            aria-expanded={wanted === one}
            onClick={() => setWanted((before) => (before === one ? null : one))}
          >
            {words.acts[one]} {LETTERS[one] && <kbd>{LETTERS[one]}</kbd>}
          </button>
        ))}
      </div>
      {wanted && (
        <form
          className="acts"
          aria-label={words.acts[wanted]}
          onKeyDown={press}
          onSubmit={(event) => {
            event.preventDefault();
            send(wanted);
          }}
        >
          <label className="field">
            <span>
              {words.acts[wanted]}：{words.why}
            </span>
            <input
              key={wanted}
              className="input"
              autoFocus
              autoComplete="off"
              maxLength={200}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          </label>
          {wanted !== 'confirmed' &&
            SPECIMEN.map((one) => (
              <label key={one} className="tick">
                <input
                  type="checkbox"
                  checked={specimen.includes(one)}
                  onChange={({ target }) =>
                    setSpecimen((before) =>
                      target.checked ? [...before, one] : before.filter((other) => other !== one),
                    )
                  }
                />
                {words.notes[one]}
              </label>
            ))}
          <button type="submit" className="button main" disabled={act.isPending}>
            {words.save} <kbd>Ctrl</kbd> <kbd>Enter</kbd>
          </button>
          <span className="hint">{words.clock}</span>
        </form>
      )}
      {act.isError && (
        <p className="fault" role="alert">
          {act.error instanceof Refusal && act.error.status === 409 ? isOther(meanwhile) : states.error}
        </p>
      )}
    </div>
  );
}

/** What was said of the result, for whoever is about to tell it. */
export function VerifiedNote({ life: { confirmation, specimen } }: Pick<TaskDetail, 'life'>) {
  const { verified: words } = useOwn(DESK);
  if (confirmation === null) return null;
  return (
    <p className={confirmation === 'confirmed' ? 'done-note' : 'notice'} role="status">
      {words.states[confirmation]}
      {specimen.length > 0 &&
        ` · ${words.specimen}：${specimen.map((one) => words.notes[one as 'clotting']).join('、')}`}
    </p>
  );
}
