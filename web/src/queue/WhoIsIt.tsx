import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { ask, type Schemas } from '../api/client';
import { useOwn, useWords } from '../words';
import { nameOf, sexAndAge } from '../words/people';
import { REPORT } from './report-words';

export type Chosen = Schemas['PersonFoundShown'];

const PAUSE_MS = 250;
const MOST_SHOWN = 6;

/** Somebody found by name, first letters or the end of a number; born beside the name, so that nobody takes a namesake. */
export function WhoIsIt({
  chosen,
  choose,
}: {
  chosen: Chosen | null;
  choose: (person: Chosen | null) => void;
}) {
  const words = useOwn(REPORT);
  const all = useWords();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const [isComposing, setComposing] = useState(false);
  useEffect(() => {
    if (isComposing) return;
    const timer = setTimeout(() => setAsked(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, isComposing]);
  const found = useQuery({
    queryKey: ['people', asked],
    queryFn: ({ signal }) =>
      ask<Schemas['PeopleFoundPage']>('POST', '/api/people/search', { body: { q: asked }, signal }),
    enabled: asked !== '' && chosen === null,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const items = asked === '' ? [] : (found.data?.items.slice(0, MOST_SHOWN) ?? []);
  if (chosen)
    return (
      <p className="chosen">
        <span className="hint">{words.chosen}</span> <strong>{nameOf(chosen, all)}</strong>{' '}
        {sexAndAge(chosen, all)} {all.person.born} {chosen.birthDate ?? all.person.unknown}{' '}
        <button type="button" className="button plain" onClick={() => choose(null)}>
          {words.other}
        </button>
      </p>
    );
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    // Of several nobody is taken by a mere Enter.
    if (items.length === 1 && asked === typed.trim()) choose(items[0]!);
  };
  return (
    <div className="who">
      <label className="field">
        <span>{words.person}</span>
        <input
          className="input"
          type="search"
          autoFocus
          autoComplete="off"
          maxLength={64}
          placeholder={words.findHint}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={() => setComposing(false)}
          onKeyDown={press}
        />
      </label>
      {items.length > 0 && (
        <ul aria-label={words.person}>
          {items.map((person) => (
            <li key={person.id}>
              <button type="button" className="button" onClick={() => choose(person)}>
                <strong>{nameOf(person, all)}</strong> {sexAndAge(person, all)} {all.person.born}{' '}
                {person.birthDate ?? all.person.unknown}
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className="hint" role="status">
        {asked !== '' && found.data?.items.length === 0 && words.none}
        {asked !== '' &&
          ((found.data?.items.length ?? 0) > MOST_SHOWN || found.data?.hasMore === true) &&
          words.more}
      </p>
    </div>
  );
}
