import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { ask, type Contact, type TaskDetail } from '../api/client';
import { useWords } from '../words';
import { useKeys } from './keys';

/** How to reach them: masked until they are asked for, which is recorded. */
export function Contacts({ task, mayReveal }: { task: TaskDetail; mayReveal: boolean }) {
  const { sheet, states } = useWords();
  const dial = useRef<HTMLAnchorElement>(null);
  const reveal = useMutation({
    mutationFn: () => ask<{ items: Contact[] }>('POST', `/api/tasks/${encodeURIComponent(task.id)}/contacts`),
  });
  const masked = task.person?.contacts ?? [];
  const shown = reveal.data?.items ?? masked;
  const canReveal = mayReveal && !reveal.data && masked.length > 0 && !reveal.isPending;
  const isToDial = useRef(false);
  useKeys({
    s: () => canReveal && reveal.mutate(),
    d: () => {
      if (reveal.data) return dial.current?.click();
      if (!canReveal) return;
      isToDial.current = true;
      reveal.mutate();
    },
  });
  // One key shows the number and dials it: whoever asked for a call wants no second key.
  useEffect(() => {
    if (reveal.isPending || !isToDial.current) return;
    isToDial.current = false;
    if (reveal.data) dial.current?.click();
  }, [reveal.isPending, reveal.data]);
  if (masked.length === 0) return <p className="contacts">{sheet.noContacts}</p>;
  const first = shown.findIndex(isPhone);
  return (
    <section className="contacts" aria-label={sheet.contacts}>
      <h3>{sheet.contacts}</h3>
      <ul>
        {shown.map((contact, i) => (
          <li key={`${contact.system} ${contact.value}`}>
            <b>{isPhone(contact) ? spaced(contact.value) : contact.value}</b>
            {reveal.data && isPhone(contact) && (
              <a
                ref={i === first ? dial : undefined}
                className="button"
                href={`tel:${contact.value.replace(/[^\d+*#]/g, '')}`}
              >
                {sheet.dial} {i === first && <kbd>D</kbd>}
              </a>
            )}
          </li>
        ))}
      </ul>
      {canReveal && (
        <button type="button" className="button" onClick={() => reveal.mutate()}>
          {sheet.reveal} <kbd>S</kbd>
        </button>
      )}
      <p role="status" className="hint">
        {reveal.data && sheet.revealed}
      </p>
      {reveal.isError && <p className="fault">{states.error}</p>}
    </section>
  );
}

function isPhone({ system }: Contact): boolean {
  return system === 'phone' || system === 'sms';
}

/** `138 0013 4471`, as people read a mobile number aloud; anything else as it is. */
function spaced(value: string): string {
  const digits = /^(?:\+?86)?[- ]?(1\d{2})[- ]?(\d{4})[- ]?(\d{4})$/.exec(value);
  return digits ? digits.slice(1).join(' ') : value;
}
