import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { ask, type Schemas, type Session } from '../api/client';
import { sourceInWords } from '../parts/source';
import { unitsInWords } from '../parts/units';
import { may } from '../api/session';
import { useKeys } from '../queue/keys';
import { Shell } from '../shell/Shell';
import { Failed, Loading } from '../states/States';
import { inLanguage, type Language, useLanguage, useOwn } from '../words';
import '../style/pages.css';
import { useBegin } from './drafts/DraftsPage';
import { DRAFTS } from './drafts/words';
import { RULES } from './words';

type Part = Schemas['AskedPartShown'];
type Rule = Schemas['RuleDetail'];

/** One rule in force: in words, its examples with what they gave, its source, its file. */
export default function RulePage({ session, id }: { session: Session; id: string }) {
  const words = useOwn(RULES);
  const { language } = useLanguage();
  const asked = useQuery({
    queryKey: ['rule', id],
    queryFn: ({ signal }) => ask<Rule>('GET', `/api/rules/rule/${id}`, { signal }),
  });
  const { data: rule } = asked;
  return (
    <Shell session={session}>
      <div className="page">
        <p>
          <Link href="/rules">← {words.back}</Link>
        </p>
        {asked.isPending && <Loading rows={5} height={64} />}
        {asked.error && !rule && <Failed error={asked.error} retry={() => void asked.refetch()} />}
        {rule && (
          <>
            <div className="head">
              <h1>{inLanguage(rule.title, language)}</h1>
              <em className="tag">
                {words.does[rule.event as keyof typeof words.does]} {rule.class}
              </em>
              {rule.overlay && (
                <em className="tag warn">{words.overlay[rule.overlay as keyof typeof words.overlay]}</em>
              )}
              {rule.review === 'pending' && <em className="tag">{words.pending}</em>}
              {may(session, 'edit-rules') && <Edit rule={rule} />}
            </div>
            <div className="columns">
              <div className="stack">
                <section className="panel" aria-label={words.when}>
                  <h2>{words.when}</h2>
                  <ul className="tree">
                    <InWords part={rule.condition} language={language} />
                  </ul>
                  {rule.advice && (
                    <p className="say">
                      <span className="hint">{words.advice}</span>
                      {inLanguage(rule.advice, language)}
                    </p>
                  )}
                </section>
                <Examples rule={rule} />
                {rule.files.map((file) => (
                  <section key={`${file.file}:${file.line}`} className="panel" aria-label={words.parts.file}>
                    <header>
                      <h2>{words.parts.file}</h2>
                      <code>{file.file}</code> <span className="hint">{words.line(file.line)}</span>
                    </header>
                    <pre className="source-text" tabIndex={0} aria-label={file.file}>
                      {file.text}
                    </pre>
                  </section>
                ))}
              </div>
              <About rule={rule} />
            </div>
          </>
        )}
      </div>
    </Shell>
  );
}

/** A draft on this rule, opened where it stands. */
function Edit({ rule }: { rule: Rule }) {
  const words = useOwn(DRAFTS);
  const { language } = useLanguage();
  const begin = useBegin();
  const edit = (): void => {
    const [file] = rule.files;
    const open = file && `?path=${encodeURIComponent(file.file)}&line=${file.line}`;
    begin.mutate({ title: words.editWhy(inLanguage(rule.title, language)).slice(0, 200), rule: rule.id, open });
  };
  useKeys({ e: edit });
  return (
    <div className="right">
      {begin.error && <span className="fault">{words.notSaved}</span>}
      <button type="button" className="button" disabled={begin.isPending} onClick={edit}>
        {words.edit} <kbd>E</kbd>
      </button>
    </div>
  );
}

function About({ rule }: { rule: Rule }) {
  const words = useOwn(RULES);
  return (
    <aside className="panel" aria-label={words.parts.source}>
      <h2>{words.parts.source}</h2>
      <p data-foreign>{sourceInWords(rule.source)}</p>
      <dl className="facts-list">
        <dt>{words.standing}</dt>
        <dd>{rule.status === null ? '—' : words.standings[rule.status as keyof typeof words.standings]}</dd>
        <dt>{words.population}</dt>
        <dd>{words.populations[rule.population]}</dd>
        <dt>{words.owner}</dt>
        <dd data-foreign>{rule.owner}</dd>
        <dt>{words.reviewBy}</dt>
        <dd>{rule.reviewBy}</dd>
        <dt>{words.id}</dt>
        <dd>
          <code>{rule.id}</code>
        </dd>
        <dt>{words.version}</dt>
        <dd>
          <code>{rule.version.slice(0, 12)}</code>
        </dd>
      </dl>
    </aside>
  );
}

function InWords({ part, language }: { part: Part; language: Language }) {
  const words = useOwn(RULES);
  if (part.kind === 'condition') return <li>{part.says && inLanguage(part.says, language)}</li>;
  return (
    <li>
      <span className="hint">{words.group[part.kind]}</span>
      <ul className="tree">
        {(part.parts ?? []).map((one, i) => (
          <InWords key={i} part={one} language={language} />
        ))}
      </ul>
    </li>
  );
}

function Examples({ rule: { examples } }: { rule: Rule }) {
  const words = useOwn(RULES);
  const { language } = useLanguage();
  const said = (facts: Schemas['ExampleFact'][]) =>
    facts.map(({ name, value }) => `${inLanguage(name, language)} ${unitsInWords(value)}`).join('，');
  return (
    <section className="panel" aria-label={words.parts.examples}>
      <header>
        <h2>{words.parts.examples}</h2>
        {examples.length > 0 && <em className="tag done">{examples.length} ✓</em>}
      </header>
      <p className="hint">{examples.length === 0 ? words.noExamples : words.ran}</p>
      {examples.length > 0 && (
        <div className="table-box" data-foreign>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{words.facts}</th>
                <th scope="col">{words.expect}</th>
                <th scope="col">{words.result}</th>
                <th scope="col">{words.note}</th>
              </tr>
            </thead>
            <tbody>
              {examples.map((one, i) => (
                <tr key={i}>
                  <td>
                    {said(one.facts)}
                    {one.earlier.map((day) => (
                      <span key={day.days} className="hint">
                        {' '}
                        · {words.before(day.days)} {said(day.facts)}
                      </span>
                    ))}
                  </td>
                  <td className="keep">{words.expectations[one.expect]}</td>
                  <td className="keep">✓ {words.passed}</td>
                  <td>{one.note}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
