import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';

interface Given {
  /** What is done, on the button that opens the form. */
  name: string;
  confirm: string;
  /** What has to be said with it. */
  children: ReactNode;
  isWhole: boolean;
  send: () => Promise<unknown>;
  changed: () => void;
  faultIn: (error: Error) => string;
}

/** Something that is done with a reason: a button opens one line to say it, and says what went wrong. */
export function ReasonForm({ name, confirm, children, isWhole, send, changed, faultIn }: Given) {
  const [isOpen, setOpen] = useState(false);
  const act = useMutation({ mutationFn: send, onSuccess: () => setOpen(false), onSettled: changed });
  return (
    <>
      <button
        type="button"
        className="button plain"
        aria-expanded={isOpen}
        onClick={() => setOpen((before) => !before)}
      >
        {name}
      </button>
      {isOpen && (
        <form
          className="acts"
          aria-label={name}
          onSubmit={(event) => {
            event.preventDefault();
            if (isWhole && !act.isPending) act.mutate();
          }}
        >
          {children}
          <button type="submit" className="button main" disabled={!isWhole || act.isPending}>
            {confirm}
          </button>
        </form>
      )}
      {act.isError && (
        <p className="fault" role="alert">
          {faultIn(act.error)}
        </p>
      )}
    </>
  );
}
