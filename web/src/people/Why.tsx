import { useQuery } from '@tanstack/react-query';
import { ask, type Schemas } from '../api/client';
import { sourceInWords } from '../parts/source';
import { unitsInWords } from '../parts/units';
import { REPORT } from '../queue/report-words';
import { Failed, Loading } from '../states/States';
import { inLanguage, type Language, useLanguage, useOwn } from '../words';
import { PEOPLE } from './words';

type Condition = Schemas['ConditionDto'];
type Bilingual = Schemas['BilingualDto'];

interface Given {
  findingId: string;
  time: (at: string) => string;
  isRevealed: boolean;
}

/** Why a finding was made: the tree of conditions with what each saw, and the least that would silence it. */
export default function Why({ findingId, time, isRevealed }: Given) {
  const { language } = useLanguage();
  const { why: words } = useOwn(PEOPLE);
  const byHand = useOwn(REPORT);
  const asked = useQuery({
    queryKey: ['explanation', findingId, isRevealed],
    queryFn: ({ signal }) => {
      const reveal = isRevealed ? '?reveal=true' : '';
      const path = `/api/findings/${encodeURIComponent(findingId)}/explanation${reveal}`;
      return ask<Schemas['FindingExplanation']>('GET', path, { signal });
    },
  });
  if (asked.isPending) return <Loading rows={2} height={40} />;
  if (asked.error) return <Failed error={asked.error} retry={() => void asked.refetch()} />;
  const { condition, rule, smallestChange, unknown, isConfidential, reported, withdrawn } = asked.data;
  if (isConfidential && !condition) return <p className="hint">{words.hidden}</p>;
  const say = (text: Bilingual) => unitsInWords(inLanguage(text, language));
  return (
    <div className="stack why-tree">
      {reported && <p>{byHand.byHand(reported.by)}</p>}
      {withdrawn && <p>{byHand.withdrawn(time(withdrawn.at), withdrawn.reason)}</p>}
      {condition && (
        <ul className="tree">
          <Part part={condition} language={language} time={time} />
        </ul>
      )}
      {smallestChange && (
        <p>
          <strong>{words.smallestThen[smallestChange.then]}</strong>{' '}
          {smallestChange.changes.map((change) => say(change.says)).join('；')}
        </p>
      )}
      {unknown.length > 0 && (
        <div>
          <strong>{words.missing}</strong>
          <ul>
            {unknown.map((one) => (
              <li key={one.condition}>
                {say(one.name)}：{say(one.why)} {say(one.settledBy)}
              </li>
            ))}
          </ul>
        </div>
      )}
      {rule && !reported && <Rule rule={rule} time={time} />}
    </div>
  );
}

function Part({ part, language, time }: { part: Condition; language: Language; time: Given['time'] }) {
  const { why: words } = useOwn(PEOPLE);
  const truth = <em className={`tag truth-${part.truth}`}>{words.truth[part.truth]}</em>;
  if (part.kind !== 'condition') {
    return (
      <li>
        {words[part.kind]} {truth}
        <ul className="tree">
          {(part.parts ?? []).map((one, i) => (
            <Part key={i} part={one} language={language} time={time} />
          ))}
        </ul>
      </li>
    );
  }
  const { value, says, quotes } = part;
  return (
    <li>
      {says && unitsInWords(inLanguage(says, language))} {truth}
      {value?.asSent && (
        <span className="hint">
          {' '}
          {words.looked} <b>{unitsInWords(value.asSent)}</b>
          {value.at && ` · ${time(value.at)}`}
        </span>
      )}
      {(quotes ?? []).map((quote) => (
        <span key={quote.clause} className="hint">
          {' '}
          “{quote.phrase}”
        </span>
      ))}
    </li>
  );
}

function Rule({ rule, time }: { rule: Schemas['RuleAsItStoodDto']; time: Given['time'] }) {
  const { why: words } = useOwn(PEOPLE);
  return (
    <details>
      <summary>
        {words.rule} · {sourceInWords(rule.source)}
      </summary>
      <dl className="facts-list">
        <dt>{words.version}</dt>
        <dd>
          <code>{rule.version.slice(0, 12)}</code> {rule.inForceSince && words.since(time(rule.inForceSince))}
        </dd>
        <dt>{words.owner}</dt>
        <dd>{rule.owner ?? '—'}</dd>
      </dl>
      {rule.excerpts.map((excerpt) => (
        <pre
          key={`${excerpt.file}:${excerpt.line}`}
          className="source-text"
          tabIndex={0}
          aria-label={words.text}
        >
          {excerpt.text}
        </pre>
      ))}
    </details>
  );
}
