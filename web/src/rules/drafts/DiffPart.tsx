import { yaml } from '@codemirror/lang-yaml';
import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, highlightActiveLine, lineNumbers } from '@codemirror/view';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { ask, type Schemas, type Session } from '../../api/client';
import { may } from '../../api/session';
import { useKeys } from '../../queue/keys';
import { Failed, Loading } from '../../states/States';
import { type Language, useLanguage, useOwn } from '../../words';
import { Faults } from './Faults';
import { nonce, PHRASES, THEME } from './look';
import { RuleNames } from './RuleNames';
import { Strength } from './Strength';
import { type Draft, draftAt } from './useDraft';
import { useSeen } from './useSeen';
import { useWalk, type Walk } from './useWalk';
import { DRAFTS } from './words';

/** What the draft changes, file by file, and which rules are others then. */
export function DiffPart({ session, draft, keep }: { session: Session; draft: Draft; keep: (draft: Draft) => void }) {
  const words = useOwn(DRAFTS);
  const { language } = useLanguage();
  const asked = useQuery({
    queryKey: ['draft-diff', draft.id, draft.revision],
    queryFn: ({ signal }) => ask<Schemas['DraftDiff']>('GET', draftAt(draft.id, '/diff'), { signal }),
  });
  const { data } = asked;
  useSeen({ draft, keep, what: 'diff', isShown: data !== undefined && may(session, 'approve-rules') });
  const walk = useWalk(data?.files.map(({ path }) => path) ?? []);
  useKeys({ ']': () => walk.move(1), '[': () => walk.move(-1) });
  if (asked.isPending) return <Loading rows={5} height={64} />;
  if (!data) return <Failed error={asked.error} retry={() => void asked.refetch()} />;
  if (data.files.length === 0) return <p className="state">{words.noChanges}</p>;
  return (
    <div className="stack">
      <Faults faults={data.faults} draftId={draft.id} />
      {data.rules && <RulesThatDiffer rules={data.rules} />}
      <Steps walk={walk} />
      {data.files.map(({ path, before, after }) => (
        <section key={path} className="panel" aria-label={path}>
          <header>
            <code>{path}</code>
            {after === null && <em className="tag warn">{words.removed}</em>}
          </header>
          <Differences before={before ?? ''} after={after ?? ''} name={path} language={language} enter={walk.enter} />
        </section>
      ))}
      <Strength draft={draft} isSound={data.faults.length === 0} />
    </div>
  );
}

function Steps({ walk: { at, count, move } }: { walk: Walk }) {
  const words = useOwn(DRAFTS);
  return (
    <div className="acts walk" role="group" aria-label={words.changes}>
      <span role="status">{at === 0 ? words.countOf(count) : words.changeOf(at, count)}</span>
      <button type="button" className="button" disabled={at <= 1} onClick={() => move(-1)}>
        {words.before} <kbd>[</kbd>
      </button>
      <button type="button" className="button" disabled={at === count} onClick={() => move(1)}>
        {words.next} <kbd>]</kbd>
      </button>
    </div>
  );
}

function RulesThatDiffer({ rules }: { rules: Schemas['RulesThatDiffer'] }) {
  const words = useOwn(DRAFTS);
  const lists = [
    [words.rulesChanged, rules.changed],
    [words.rulesAdded, rules.added],
    [words.rulesRemoved, rules.removed],
  ] as const;
  if (lists.every(([, ids]) => ids.length === 0)) return <p className="notice">{words.noRuleDiffers}</p>;
  return (
    <section className="panel">
      <dl className="facts-list">
        {lists.map(([name, ids]) =>
          ids.length === 0 ? null : (
            <div key={name}>
              <dt>
                {name} {ids.length}
              </dt>
              <dd>
                <RuleNames ids={ids} />
              </dd>
            </div>
          ),
        )}
      </dl>
    </section>
  );
}

interface DiffersGiven {
  before: string;
  after: string;
  name: string;
  language: Language;
  enter: Walk['enter'];
}

function Differences({ before, after, name, language, enter }: DiffersGiven) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const view = new EditorView({
      parent: place.current!,
      state: EditorState.create({
        doc: after,
        extensions: [
          lineNumbers(),
          highlightActiveLine(),
          yaml(),
          unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: { margin: 4 } }),
          EditorView.lineWrapping,
          EditorView.editable.of(false),
          EditorState.readOnly.of(true),
          EditorView.cspNonce.of(nonce()),
          EditorView.contentAttributes.of({ 'aria-label': name, tabindex: '0' }),
          EditorState.phrases.of(PHRASES[language]),
          THEME,
        ],
      }),
    });
    const leave = enter(name, view);
    return () => {
      leave();
      view.destroy();
    };
  }, [before, after, name, language, enter]);
  return <div className="editor" data-foreign ref={place} />;
}
