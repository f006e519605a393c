import { useEffect, useRef } from 'react';
import { useOwn, useWords } from '../words';
import { KEYS } from './key-words';

/** Which keys do what. */
export function KeyHelp({ close }: { close: () => void }) {
  const { queue, sheet } = useWords();
  const keys = useOwn(KEYS);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const list: [string, string][] = [
    ['J K ↓ ↑', keys.move],
    [keys.enter, keys.open],
    ['Esc', keys.close],
    ['A', keys.newest],
    ['C', keys.claim],
    ['S', keys.reveal],
    ['D', keys.dial],
    ['N', keys.failed],
    ['U', keys.release],
    ['H', keys.handOver],
    ['T', keys.toDoctor],
    ['Y R', keys.verify],
    ['M', keys.reassign],
    ['L', keys.later],
    ['W', queue.report],
    ['/', keys.find],
    ['G + Q P R D M', keys.pages],
    ['E', keys.edit],
    ['[ ]', keys.changes],
    ['X', keys.csv],
    [`Ctrl + ${keys.enter}`, keys.save],
    ['?', keys.help],
  ];
  return (
    <dialog
      ref={dialog}
      className="help"
      aria-labelledby="help-title"
      onClose={close}
      onKeyDown={({ key }) => key === '?' && dialog.current?.close()}
    >
      <h2 id="help-title">{keys.title}</h2>
      <dl>
        {list.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <button type="button" className="button" autoFocus onClick={() => dialog.current?.close()}>
        {sheet.close}
      </button>
    </dialog>
  );
}
