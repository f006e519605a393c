import { getChunks } from '@codemirror/merge';
import { EditorView } from '@codemirror/view';
import { useCallback, useRef, useState } from 'react';

interface Change {
  view: EditorView;
  from: number;
}

export interface Walk {
  /** Which change is looked at, from 1; 0 before the first. */
  at: number;
  count: number;
  move: (by: 1 | -1) => void;
  /** A file comes into sight; what it gives back takes it out again. */
  enter: (path: string, view: EditorView) => () => void;
}

/** From change to change, through the files in their order. */
export function useWalk(paths: readonly string[]): Walk {
  const views = useRef(new Map<string, EditorView>());
  const [at, setAt] = useState(0);
  const [count, setCount] = useState(0);
  const order = useRef(paths);
  order.current = paths;
  const changes = useCallback(
    (): Change[] =>
      order.current.flatMap((path) => {
        const view = views.current.get(path);
        if (!view) return [];
        const length = view.state.doc.length;
        return (getChunks(view.state)?.chunks ?? []).map(({ fromB }) => ({ view, from: Math.min(fromB, length) }));
      }),
    [],
  );
  const enter = useCallback(
    (path: string, view: EditorView) => {
      views.current.set(path, view);
      setAt(0);
      setCount(changes().length);
      return () => {
        views.current.delete(path);
      };
    },
    [changes],
  );
  const move = (by: 1 | -1): void => {
    const all = changes();
    const next = Math.max(1, Math.min(all.length, at + by));
    const change = all[next - 1];
    if (!change) return;
    setAt(next);
    for (const { view } of all) view.dom.toggleAttribute('data-walked', view === change.view);
    const { view, from } = change;
    view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
    view.contentDOM.focus({ preventScroll: true });
  };
  return { at, count, move, enter };
}
