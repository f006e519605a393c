import { type InputHTMLAttributes, type ReactNode, useId } from 'react';

interface Given extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: ReactNode;
  isWrong?: boolean;
}

/** A text field with its name above it and a hint below. */
export function Field({ label, hint, isWrong = false, ...input }: Given) {
  const id = useId();
  return (
    <label className="field">
      <span>{label}</span>
      <input
        {...input}
        className="input"
        aria-invalid={isWrong}
        aria-describedby={hint === undefined ? undefined : id}
      />
      {hint !== undefined && (
        <span id={id} className="hint">
          {hint}
        </span>
      )}
    </label>
  );
}
