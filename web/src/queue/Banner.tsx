import { Link } from 'wouter';
import type { Schemas } from '../api/client';
import { useWords } from '../words';
import { SameName } from './SameName';

/** Who it is, always in the same order; what is not known is written as not known. */
export function Banner({
  person,
  checkup,
  isLinked = false,
  namesakes = 0,
}: {
  person: Schemas['PersonDetail'] | null;
  /** 体检号; null is told as unknown, left out where it is of no one checkup. */
  checkup?: string | null;
  /** To everything that is known of them. */
  isLinked?: boolean;
  /** Others of the same name in the queue. */
  namesakes?: number;
}) {
  const words = useWords();
  const { person: text } = words;
  if (!person) return <div className="banner">{words.queue.unknownPerson}</div>;
  const age = person.ageYears === null ? null : text.years(person.ageYears);
  return (
    <div className="banner">
      <h2>
        {isLinked ? (
          <Link href={`/people/${person.id}`}>{person.name ?? text.noName}</Link>
        ) : (
          (person.name ?? text.noName)
        )}{' '}
        <SameName count={namesakes + 1} />{' '}
        <span className="facts">
          {person.sex === null ? text.unknownSex : text[person.sex]} · {text.born}{' '}
          {person.birthDate ?? text.unknown}
          {age !== null && ` (${age})`}
          {checkup !== undefined && (
            <>
              {' '}
              · {text.checkup} <span data-foreign>{checkup ?? text.unknown}</span>
            </>
          )}
        </span>
      </h2>
      {person.speakTo === 'nobody' && <p className="fault">{text.deceased}</p>}
      {person.speakTo === 'guardian' && <p className="notice">{text.guardian}</p>}
    </div>
  );
}
