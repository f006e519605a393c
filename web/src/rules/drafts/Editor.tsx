import { autocompletion } from '@codemirror/autocomplete';
import { yaml } from '@codemirror/lang-yaml';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import { basicSetup, EditorView } from 'codemirror';
import { useEffect, useRef } from 'react';
import type { Schemas } from '../../api/client';
import type { Language } from '../../words';
import { complete, type Vocabulary } from './completion';
import { nonce, PHRASES, THEME } from './look';

type Fault = Schemas['DraftFault'];

interface Given {
  path: string;
  /** What it begins with; a path of its own begins anew. */
  text: string;
  faults: readonly Fault[];
  vocabulary: Vocabulary | null;
  language: Language;
  isReadOnly: boolean;
  /** Line to begin at, from 1. */
  line: number | null;
  typed: (text: string) => void;
  save: () => void;
  send: () => void;
}

/** A file of rules: completion of names and units, faults where they stand. `Esc`, then Tab, leaves it by the keyboard. */
export function Editor({ path, text, faults, vocabulary, language, isReadOnly, line, ...acts }: Given) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useEffect(() => {
    const run = (act: 'save' | 'send') => () => {
      latest.current[act]();
      return true;
    };
    const made = new EditorView({
      parent: place.current!,
      state: EditorState.create({
        doc: text,
        extensions: [
          keymap.of([
            { key: 'Mod-s', run: run('save') },
            { key: 'Mod-Enter', run: run('send') },
          ]),
          basicSetup,
          yaml(),
          lintGutter(),
          EditorView.lineWrapping,
          EditorView.cspNonce.of(nonce()),
          EditorView.contentAttributes.of({ 'aria-label': path, tabindex: '0' }),
          EditorState.readOnly.of(isReadOnly),
          EditorState.phrases.of(PHRASES[language]),
          vocabulary ? autocompletion({ override: [complete(vocabulary)] }) : [],
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.typed(update.state.doc.toString());
          }),
          THEME,
        ],
      }),
    });
    view.current = made;
    if (line !== null && line <= made.state.doc.lines) {
      const { from } = made.state.doc.line(line);
      made.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'start' }) });
      made.focus();
    }
    return () => made.destroy();
    // What is typed lives in the editor: another text of the same file is what it said itself.
  }, [path, vocabulary, language, isReadOnly]);
  useEffect(() => {
    const { current } = view;
    if (!current) return;
    const found = faults.filter(({ file }) => file === path).map((one) => diagnostic(current.state, one, language));
    current.dispatch(setDiagnostics(current.state, found));
  }, [faults, path, language]);
  return <div className="editor" data-foreign ref={place} />;
}

/** From where the fault stands to the end of its line. */
function diagnostic({ doc }: EditorState, { line, column, zh, en }: Fault, language: Language): Diagnostic {
  const { from, to } = doc.line(Math.min(line, doc.lines));
  const start = Math.min(from + column - 1, to);
  return { from: start, to: Math.max(start, to), severity: 'error', message: language === 'zh' ? zh : en };
}
