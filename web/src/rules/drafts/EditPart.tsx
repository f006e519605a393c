import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useEffect, useMemo, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { ask, Refusal, type Schemas, type Session } from '../../api/client';
import { may } from '../../api/session';
import { useKept } from '../../parts/kept';
import { Failed, Loading } from '../../states/States';
import { useLanguage, useOwn } from '../../words';
import { vocabularyOf } from './completion';
import { Editor } from './Editor';
import { Faults } from './Faults';
import { Strength } from './Strength';
import { type Draft, draftAt, faultOf } from './useDraft';
import { DRAFTS } from './words';

/** So long nobody types before what was typed is checked. */
const STILL_MS = 700;

interface Given {
  session: Session;
  draft: Draft;
  keep: (draft: Draft) => void;
}

/** The files of a draft, one of them open. */
export function EditPart({ session, draft, keep }: Given) {
  const words = useOwn(DRAFTS);
  const [, go] = useLocation();
  const search = new URLSearchParams(useSearch());
  const path = search.get('path') ?? draft.changes[0] ?? null;
  const isReadOnly = draft.state !== 'editing' || !may(session, 'edit-rules');
  const takeUp = useMutation({
    mutationFn: () => ask<Draft>('POST', draftAt(draft.id, '/take-up'), { body: { revision: draft.revision } }),
    onSuccess: keep,
  });
  const open = (one: string): void => go(`/rules/drafts/${draft.id}/edit?path=${encodeURIComponent(one)}`);
  return (
    <>
      {draft.overtaken.length > 0 && (
        <div className="fault" role="alert">
          {words.overtaken} <code>{draft.overtaken.join(' ')}</code>{' '}
          {!isReadOnly && (
            <button type="button" className="button" disabled={takeUp.isPending} onClick={() => takeUp.mutate()}>
              {words.takeUp}
            </button>
          )}
        </div>
      )}
      <div className="draft-columns">
        <FileList draft={draft} open={path} choose={open} canAdd={!isReadOnly} />
        {path === null ? (
          <p className="state">{words.chooseFile}</p>
        ) : (
          <OneFile key={path} {...{ draft, keep, path, isReadOnly }} line={Number(search.get('line')) || null} />
        )}
      </div>
    </>
  );
}

interface ListGiven {
  draft: Draft;
  open: string | null;
  choose: (path: string) => void;
  canAdd: boolean;
}

function FileList({ draft, open, choose, canAdd }: ListGiven) {
  const words = useOwn(DRAFTS);
  const [isAdding, setAdding] = useState(false);
  const [typed, setTyped] = useState('');
  const add = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setAdding(false);
    choose(typed.trim());
  };
  return (
    <nav className="panel files" aria-label={words.files}>
      <ul>
        {draft.files.map(({ path, isChanged, isGone }) => (
          <li key={path}>
            <button type="button" aria-current={path === open} onClick={() => choose(path)}>
              <code>{path}</code>
              {isChanged && <em className="tag">{isGone ? words.isGone : words.isChanged}</em>}
            </button>
          </li>
        ))}
      </ul>
      {canAdd && !isAdding && (
        <button type="button" className="button" onClick={() => setAdding(true)}>
          {words.newFile}
        </button>
      )}
      {isAdding && (
        <form onSubmit={add}>
          <label className="field">
            <span>{words.newPath}</span>
            <input
              className="input"
              autoFocus
              required
              maxLength={320}
              pattern="[a-z0-9][a-z0-9./\-]*\.yaml"
              title={words.newPathHint}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
            <span className="hint">{words.newPathHint}</span>
          </label>
          <button className="button">{words.begin}</button>
        </form>
      )}
    </nav>
  );
}

interface FileGiven extends Omit<Given, 'session'> {
  path: string;
  isReadOnly: boolean;
  line: number | null;
}

function OneFile({ draft, keep, path, isReadOnly, line }: FileGiven) {
  const words = useOwn(DRAFTS);
  const [, go] = useLocation();
  const { language } = useLanguage();
  // With the revision that it was begun on: what somebody else has saved since is not written over.
  const [begun, setBegun] = useKept<{ text: string; revision: number } | null>(`firstcall.draft.${draft.id}.${path}`, null);
  const typed = isReadOnly ? null : (begun?.text ?? null);
  const type = (text: string): void =>
    setBegun((before) => ({ text, revision: before?.revision ?? draft.revision }));
  const still = useStill(typed, STILL_MS);
  const measured = useStill(still, STILL_MS);
  const queries = useQueryClient();
  const file = useQuery({
    ...fileOf(draft.id, path, draft.revision),
    placeholderData: (before) => before,
    refetchOnWindowFocus: false,
  });
  const schema = useQuery({
    queryKey: ['rules-schema'],
    queryFn: ({ signal }) => ask<Record<string, unknown>>('GET', '/api/rules/drafts/schema', { signal }),
    staleTime: Infinity,
  });
  const vocabulary = useMemo(() => (schema.data ? vocabularyOf(schema.data) : null), [schema.data]);
  const check = useQuery({
    queryKey: ['draft-check', draft.id, draft.revision, path, still],
    queryFn: ({ signal }) =>
      ask<Schemas['DraftChecked']>('POST', draftAt(draft.id, '/check'), {
        body: still === null ? {} : { typing: { path, text: still } },
        signal,
      }),
    placeholderData: (before) => before,
    refetchOnWindowFocus: false,
    enabled: draft.state === 'editing' || draft.state === 'in-review',
  });
  const save = useMutation({
    mutationFn: (text: string | null) =>
      ask<Draft>('PUT', draftAt(draft.id, '/file'), {
        body: { revision: begun?.revision ?? draft.revision, path, text },
      }),
    onSuccess: (saved, text) => {
      keep(saved);
      setBegun((now) => (now === null || now.text === text ? null : { ...now, revision: saved.revision }));
    },
  });
  const send = useMutation({
    mutationFn: async () => {
      const saved = typed === null ? draft : await save.mutateAsync(typed);
      return ask<Draft>('POST', draftAt(draft.id, '/send'), { body: { revision: saved.revision } });
    },
    onSuccess: (sent) => {
      keep(sent);
      go(`/rules/drafts/${draft.id}/review`);
    },
  });
  const isUnsaved = typed !== null;
  useWarning(isUnsaved);
  const saveTyped = (): void => {
    if (typed !== null && !isReadOnly && !save.isPending) save.mutate(typed);
  };
  const [discards, setDiscards] = useState(0);
  const discard = async (): Promise<void> => {
    const now = await ask<Draft>('GET', draftAt(draft.id));
    await queries.fetchQuery(fileOf(draft.id, path, now.revision));
    keep(now);
    setBegun(() => null);
    save.reset();
    setDiscards((before) => before + 1);
  };
  const faults = check.data?.faults ?? [];
  const isBusy = save.isPending || send.isPending;
  if (file.isPending || schema.isPending) return <Loading rows={6} height={48} />;
  if (file.error) return <Failed error={file.error} retry={() => void file.refetch()} />;
  return (
    <section className="stack" aria-label={path}>
      <div className="acts">
        <code>{path}</code>
        <span className="hint" role="status">
          {isUnsaved ? words.unsaved : save.isSuccess ? words.saved : ''}{' '}
          {check.isFetching ? words.checking : faults.length === 0 ? words.sound : words.faults(faults.length)}
        </span>
        {!isReadOnly && (
          <>
            <button type="button" className="button" disabled={!isUnsaved || isBusy} onClick={saveTyped}>
              {words.save} <kbd>{words.saveKey}</kbd>
            </button>
            <button
              type="button"
              className="button main"
              title={words.sendHint}
              disabled={isBusy || faults.length > 0 || (draft.changes.length === 0 && !isUnsaved)}
              onClick={() => send.mutate()}
            >
              {words.send} <kbd>{words.sendKey}</kbd>
            </button>
            {file.data.text !== null && (
              <button type="button" className="button plain" disabled={isBusy} onClick={() => save.mutate(null)}>
                {words.remove}
              </button>
            )}
          </>
        )}
      </div>
      {isReadOnly && <p className="notice">{words.readOnly}</p>}
      {(save.error ?? send.error) && (
        <p className="fault" role="alert">
          {isStale(save.error) ? words.stale : faultOf(save.error ?? send.error, words)}{' '}
          {isStale(save.error) && (
            <button type="button" className="button" onClick={() => void discard()}>
              {words.discard}
            </button>
          )}
        </p>
      )}
      <Editor
        key={discards}
        {...{ path, faults, vocabulary, language, isReadOnly, line }}
        text={typed ?? file.data.text ?? ''}
        typed={type}
        save={saveTyped}
        send={() => {
          if (!isReadOnly && !isBusy && faults.length === 0) send.mutate();
        }}
      />
      <Faults faults={faults} draftId={draft.id} />
      <Strength
        draft={draft}
        typing={measured === null ? undefined : { path, text: measured }}
        isSound={check.isSuccess && faults.length === 0}
      />
    </section>
  );
}

function fileOf(id: string, path: string, revision: number) {
  return {
    queryKey: ['draft-file', id, path, revision],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      ask<Schemas['DraftText']>('GET', draftAt(id, `/file?path=${encodeURIComponent(path)}`), { signal }),
  };
}

function isStale(error: unknown): boolean {
  return error instanceof Refusal && error.status === 409;
}

/** What a value has been for so long. */
function useStill<T>(value: T, ms: number): T {
  const [still, setStill] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setStill(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return still;
}

/** The browser asks before it leaves what is not saved. */
function useWarning(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return undefined;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [isUnsaved]);
}
