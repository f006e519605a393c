import { useState } from 'react';

const DAY = /^\d{4}-\d\d-\d\d$/;

/** A day as every page writes it, `2026-11-22`: the browser's own field writes each language's way. Taken when it is whole. */
export function DayField({
  label,
  day,
  least,
  most,
  choose,
}: {
  label: string;
  day: string;
  least?: string;
  most?: string;
  choose: (day: string) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const isDay = (text: string) =>
    DAY.test(text) && !Number.isNaN(Date.parse(text)) && !(least && text < least) && !(most && text > most);
  const take = () => {
    if (typed !== null && typed !== day && isDay(typed)) choose(typed);
    setTyped(null);
  };
  return (
    <label>
      {label}{' '}
      <input
        className="input short day"
        inputMode="numeric"
        maxLength={10}
        value={typed ?? day}
        aria-invalid={typed !== null && !isDay(typed)}
        onChange={({ target }) => setTyped(target.value.trim())}
        onBlur={take}
        onKeyDown={({ key }) => key === 'Enter' && take()}
      />
    </label>
  );
}
