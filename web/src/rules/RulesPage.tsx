import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { ask, type Schemas, type Session } from '../api/client';
import { may } from '../api/session';
import { sourceInWords } from '../parts/source';
import { useKeys } from '../queue/keys';
import { Search } from '../queue/Search';
import { useNow } from '../queue/useNow';
import { Shell } from '../shell/Shell';
import { Failed, Loading } from '../states/States';
import { inLanguage, useLanguage, useOwn } from '../words';
import { shortTime } from '../words/times';
import '../style/pages.css';
import { Differences } from './Differences';
import { RULES } from './words';

type Rule = Schemas['RuleShown'];
const AT_ONCE = 60;

/** The rules in force: found by name, pack or standing, and what this centre has otherwise than shipped. */
export default function RulesPage({ session }: { session: Session }) {
  const words = useOwn(RULES);
  const { language } = useLanguage();
  const [, go] = useLocation();
  const given = new URLSearchParams(useSearch());
  const wanted = given.get('pack') ?? '';
  const [typed, setTyped] = useState('');
  const [most, setMost] = useState(AT_ONCE);
  const field = useRef<HTMLInputElement>(null);
  const now = useNow();
  const asked = useQuery({
    queryKey: ['rules'],
    queryFn: ({ signal }) => ask<Schemas['RulesShown']>('GET', '/api/rules', { signal }),
  });
  useKeys({ '/': () => field.current?.focus() });
  const { data } = asked;
  const packs = useMemo(() => [...new Set((data?.rules ?? []).map(({ pack }) => pack))], [data]);
  const found = useMemo(
    () => (data?.rules ?? []).filter((rule) => meets(rule, wanted, typed.toLowerCase())),
    [data, wanted, typed],
  );
  const nameOf = (pack: string) =>
    pack in words.packs ? words.packs[pack as keyof typeof words.packs] : pack;
  const choose = (pack: string) => go(pack === '' ? '/rules' : `/rules?pack=${pack}`);
  const toFirst = () => found[0] && go(`/rules/${found[0].id}`);
  return (
    <Shell session={session}>
      <div className="page">
        <div className="head">
          <h1>{words.title}</h1>
          <Search field={field} find={setTyped} done={toFirst} hint={words.search} />
          {data && (
            <div className="right hint">
              {words.version} <code>{data.version.slice(0, 12)}</code>{' '}
              {words.since(shortTime(Date.parse(data.inForceSince), now, session.timeZone))}
              {may(session, 'read-drafts') && (
                <Link href="/rules/drafts" className="button">
                  {words.drafts}
                </Link>
              )}
            </div>
          )}
        </div>
        {asked.isPending && <Loading rows={8} height={36} />}
        {asked.error && !data && <Failed error={asked.error} retry={() => void asked.refetch()} />}
        {data?.refused && (
          <div className="fault" role="alert">
            {words.refused}
            <ul>
              {data.refused.faults.map(({ path, message }) => (
                <li key={`${path} ${message}`} data-foreign>
                  <code>{path}</code> {message}
                </li>
              ))}
            </ul>
          </div>
        )}
        {data && data.gone.length > 0 && (
          <p className="notice">
            {words.gone} {data.gone.map(({ rule }) => rule).join('、')}
          </p>
        )}
        {data && (
          <>
            <div className="filters" role="group" aria-label={words.ofPack}>
              {['', ...packs, 'own', 'pending'].map((pack) => (
                <button
                  key={pack}
                  type="button"
                  className="chip"
                  aria-pressed={wanted === pack}
                  onClick={() => choose(pack)}
                >
                  {pack === '' ? words.all : pack === 'own' ? words.own : pack === 'pending' ? words.pending : nameOf(pack)}{' '}
                  <b>{data.rules.filter((rule) => meets(rule, pack, '')).length}</b>
                </button>
              ))}
            </div>
            {wanted === 'own' && <Differences />}
            <div className="panel table-box">
              <p className="hint">{words.count(found.length, data.rules.length)}</p>
              {found.length === 0 ? (
                <p className="state">{words.none}</p>
              ) : (
                <table className="table">
                  <thead>
                    <tr>
                      <th scope="col">{words.columns.title}</th>
                      <th scope="col">{words.columns.does}</th>
                      <th scope="col">{words.ofPack}</th>
                      <th scope="col">{words.columns.source}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {found.slice(0, most).map((rule) => (
                      <tr key={rule.id}>
                        <td>
                          <Link href={`/rules/${rule.id}`}>{inLanguage(rule.title, language)}</Link>{' '}
                          {rule.overlay && (
                            <em className="tag warn">{words.overlay[rule.overlay as keyof typeof words.overlay]}</em>
                          )}{' '}
                          {rule.review === 'pending' && <em className="tag">{words.pending}</em>}
                        </td>
                        <td className="keep">
                          {words.does[rule.event as keyof typeof words.does]} {rule.class}
                        </td>
                        <td className="keep">{nameOf(rule.pack)}</td>
                        <td data-foreign>{sourceInWords(rule.source)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              )}
              {found.length > most && (
                <p>
                  <button type="button" className="button" onClick={() => setMost(most + 4 * AT_ONCE)}>
                    {words.more(Math.min(4 * AT_ONCE, found.length - most))}
                  </button>
                </p>
              )}
            </div>
          </>
        )}
      </div>
    </Shell>
  );
}

function meets(rule: Rule, pack: string, typed: string): boolean {
  if (pack === 'own' ? rule.overlay === null : pack === 'pending' ? rule.review === null : pack !== '' && rule.pack !== pack)
    return false;
  return (
    typed === '' ||
    [rule.id, rule.title.zh, rule.title.en, rule.source].some((text) => text.toLowerCase().includes(typed))
  );
}
