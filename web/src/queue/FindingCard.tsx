import type { Finding, Schemas, TaskDetail } from '../api/client';
import { LookAlikes } from '../parts/LookAlikes';
import { sourceInWords } from '../parts/source';
import { unitsInWords } from '../parts/units';
import { inLanguage, useLanguage, type Words } from '../words';
import { day, shortTime } from '../words/times';
import { ClassBadge } from './ClassBadge';
import { Spark } from './Spark';

interface Given {
  finding: Finding;
  trends: TaskDetail['trends'];
  code: TaskDetail['code'];
  now: number;
  zone: string;
}

type Leaf = Schemas['LeafShown'];
type Operator = keyof Words['sheet']['operators'];

/** One finding: value against limit, the sentence to say, what to advise. The gravest is open, the others by their values. */
export function FindingCard({ finding, trends, code, now, zone }: Given) {
  const { language, words } = useLanguage();
  const { sheet } = words;
  const isHidden = finding.isConfidential && finding.leaves.length === 0;
  const told = finding.toldAs ? inLanguage(finding.toldAs, language) : null;
  const title = isHidden ? words.queue.confidential : inLanguage(finding.title, language);
  const isCovered = finding.coveredBy !== null;
  const values = isHidden ? (
    <p className="hint">{sheet.hiddenResult}</p>
  ) : (
    <Values leaves={finding.leaves} trends={trends} words={words} zone={zone} />
  );
  const rest = (
    <>
      {!isHidden && !isCovered && (
        <p className="say">
          <span className="hint">{finding.kind === 'review' ? sheet.toJudge : sheet.sayNow}</span>
          <LookAlikes>{inLanguage(finding.sentence, language)}</LookAlikes>
        </p>
      )}
      <Why finding={finding} />
    </>
  );
  if (isCovered || (!finding.isReason && !finding.isNew && code !== 'correction')) {
    return (
      <details className={`finding class-${finding.class}`}>
        <summary>
          <ClassBadge of={finding.class} />
          <h3>
            <LookAlikes>{title}</LookAlikes>
          </h3>
          {isCovered && <em className="tag">{sheet.covered}</em>}
          {values}
        </summary>
        {rest}
      </details>
    );
  }
  return (
    <article className={`finding class-${finding.class}`}>
      <header>
        <ClassBadge of={finding.class} />
        <h3>
          <LookAlikes>{title}</LookAlikes>
        </h3>
        {finding.isNew && <em className="tag new">{words.queue.isNew}</em>}
        <span className="hint">{sheet.taken(shortTime(Date.parse(finding.at), now, zone))}</span>
      </header>
      {code === 'correction' && told !== null && (
        <p className="fault" role="alert">
          {finding.status === 'retracted' ? sheet.withdrawn : sheet.corrected(told)}
        </p>
      )}
      {values}
      {rest}
    </article>
  );
}

function Why({ finding }: { finding: Finding }) {
  const { language, words } = useLanguage();
  const { sheet } = words;
  const advice = inLanguage(finding.advice, language);
  const isAdviceSaid = inLanguage(finding.sentence, language).includes(advice);
  const lines: [string, string | null][] = [
    [sheet.advice, isAdviceSaid ? null : advice],
    [sheet.whyDoctor, finding.undecided === null ? null : whyInWords(finding.undecided, words)],
    [
      sheet.source,
      finding.source === null
        ? null
        : `${sourceInWords(finding.source)}${finding.isToBeConfirmed ? `（${sheet.toBeConfirmed}）` : ''}`,
    ],
  ];
  const known = lines.filter(([, text]) => text !== null && text !== '');
  if (known.length === 0) return null;
  return (
    <dl className="why">
      {known.map(([name, text]) => (
        <div key={name} className={name === sheet.source ? 'of-source' : undefined}>
          <dt>{name}</dt>
          <dd data-foreign={name === sheet.source || undefined}>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function whyInWords(reason: string, { sheet: { undecided } }: Words): string {
  return reason in undecided ? undecided[reason as keyof typeof undecided] : undecided.uncertain;
}

/** The values that decided, as the laboratory sent them, each against its limit. */
function Values({
  leaves,
  trends,
  words,
  zone,
}: {
  leaves: readonly Leaf[];
  trends: Given['trends'];
  words: Words;
  zone: string;
}) {
  const decided = leaves.filter(
    // What was reported by hand has no limit: its sentence says all of it.
    ({ truth, asSent, operator }) => truth !== 'silent' && asSent !== null && operator !== 'reported',
  );
  // What an earlier result was not is no value to tell: it stands beside, as what it was before.
  const told = decided.some(({ negated }) => !negated) ? decided.filter(({ negated }) => !negated) : decided;
  const shown = [...new Map(told.map((leaf) => [`${leaf.asSent} ${leaf.threshold}`, leaf])).values()];
  if (shown.length === 0) return null;
  return (
    <ul className="values">
      {shown.map((leaf) => (
        <li key={`${leaf.fact} ${leaf.threshold}`}>
          <b>{unitsInWords(leaf.asSent ?? '')}</b> <span className="against">{against(leaf, words)}</span>
          <Before leaf={leaf} trends={trends} words={words} zone={zone} />
        </li>
      ))}
    </ul>
  );
}

/** What it was the time before, and how it went. */
function Before({
  leaf,
  trends,
  words,
  zone,
}: {
  leaf: Leaf;
  trends: Given['trends'];
  words: Words;
  zone: string;
}) {
  const until = leaf.source?.at;
  const points =
    trends.find(({ fact }) => fact === leaf.fact)?.points.filter(({ at }) => until && at <= until) ?? [];
  const before = points.findLast(
    ({ observationId, at }) => at < until! && observationId !== leaf.source?.observationId,
  );
  if (!before) return null;
  return (
    <span className="before hint">
      {words.sheet.before(unitsInWords(before.asSent), day(Date.parse(before.at), zone))}{' '}
      <Spark values={points.map(({ value }) => Number(value))} />
    </span>
  );
}

const ARROWS: Partial<Record<string, string>> = {
  lessThan: '↓',
  lessThanInclusive: '↓',
  greaterThan: '↑',
  greaterThanInclusive: '↑',
};

function against({ operator, threshold, unit, negated }: Leaf, { sheet }: Words): string {
  const known = operator in sheet.operators && !negated ? sheet.operators[operator as Operator] : null;
  const limit = unitsInWords(`${threshold}${unit === null ? '' : ` ${unit}`}`);
  return known === null ? `${sheet.limit} ${limit}` : `${ARROWS[operator] ?? ''}${known} ${limit}`;
}
