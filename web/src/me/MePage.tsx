import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { ask, Refusal, type Schemas, type Session } from '../api/client';
import { enter } from '../api/session';
import { Listing } from '../parts/Listing';
import { isOn, type Setting, switchSetting } from '../parts/settings';
import { ring } from '../queue/tone';
import { Shell } from '../shell/Shell';
import { SetUpCodes } from '../sign-in/SecondFactor';
import { useLanguage, useOwn, useWords } from '../words';
import { dayAndTime } from '../words/times';
import '../style/pages.css';
import { ME } from './words';

/** One's own account: password, one-time codes, where one is signed in, and how the page behaves. */
export default function MePage({ session }: { session: Session }) {
  const words = useOwn(ME);
  return (
    <Shell session={session}>
      <div className="page">
        <h1>{words.title}</h1>
        <div className="columns">
          <div className="stack">
            <Password />
            <Sessions session={session} />
          </div>
          <div className="stack">
            <ThisPage />
            <Codes session={session} />
          </div>
        </div>
      </div>
    </Shell>
  );
}

function Password() {
  const { password: words } = useOwn(ME);
  const { setUp, states } = useWords();
  const [differs, setDiffers] = useState(false);
  const save = useMutation({
    mutationFn: (body: { present: string; password: string }) => ask('POST', '/api/me/password', { body }),
    gcTime: 0,
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = new FormData(form);
    const text = (name: string) => typed.get(name) as string;
    setDiffers(text('password') !== text('again'));
    if (text('password') !== text('again')) return;
    save.mutate({ present: text('present'), password: text('password') }, { onSuccess: () => form.reset() });
  };
  const fault = save.error instanceof Refusal ? save.error : null;
  const said =
    fault?.path === 'present'
      ? words.wrong
      : fault?.path === 'password'
        ? setUp.weak
        : fault?.status === 429
          ? words.blocked
          : states.error;
  return (
    <form className="panel" onSubmit={submit} aria-label={words.title}>
      <h2>{words.title}</h2>
      {(['present', 'password', 'again'] as const).map((name) => (
        <label key={name} className="field">
          <span>{name === 'password' ? words.next : words[name]}</span>
          <input
            className="input"
            type="password"
            name={name}
            required
            maxLength={128}
            autoComplete={name === 'present' ? 'current-password' : 'new-password'}
          />
        </label>
      ))}
      <p className="hint">{setUp.rule}</p>
      {(differs || save.isError) && (
        <p className="fault" role="alert">
          {differs ? setUp.differs : said}
        </p>
      )}
      {save.isSuccess && !differs && (
        <p className="done-note" role="status">
          {words.done}
        </p>
      )}
      <div className="acts">
        <button type="submit" className="button main" disabled={save.isPending}>
          {words.save}
        </button>
      </div>
    </form>
  );
}

function Codes({ session }: { session: Session }) {
  const { codes: words } = useOwn(ME);
  const queries = useQueryClient();
  const [isBegun, setBegun] = useState(false);
  return (
    <section className="panel" aria-label={words.title}>
      <h2>{words.title}</h2>
      <p>{session.hasSecondFactor ? words.on : words.off}</p>
      {!session.hasSecondFactor && !isBegun && (
        <p>
          <button type="button" className="button" onClick={() => setBegun(true)}>
            {words.begin}
          </button>
        </p>
      )}
      {!session.hasSecondFactor && isBegun && <SetUpCodes done={(now) => enter(queries, now)} />}
    </section>
  );
}

function Sessions({ session }: { session: Session }) {
  const { sessions: words } = useOwn(ME);
  const asked = useQuery({
    queryKey: ['own-sessions'],
    queryFn: ({ signal }) => ask<Schemas['OwnSessionList']>('GET', '/api/me/sessions', { signal }),
  });
  const items = asked.data?.items;
  const others = items?.filter(({ isThis }) => !isThis) ?? [];
  const end = useMutation({
    mutationFn: async (ids: string[]) => {
      for (const id of ids) await ask('DELETE', `/api/me/sessions/${id}`);
    },
    onSettled: () => void asked.refetch(),
  });
  const time = (at: string) => dayAndTime(Date.parse(at), session.timeZone);
  return (
    <section className="stack" aria-label={words.title}>
      <div className="head">
        <h2>{words.title}</h2>
        <button
          type="button"
          className="button"
          disabled={others.length === 0 || end.isPending}
          onClick={() => end.mutate(others.map(({ id }) => id))}
        >
          {words.endOthers}
        </button>
      </div>
      <Listing
        asked={asked}
        items={items}
        none={words.none}
        columns={[
          { head: words.columns.since, keeps: true, cell: ({ since }) => time(since) },
          { head: words.columns.seen, keeps: true, cell: ({ lastSeenAt }) => time(lastSeenAt) },
          { head: words.columns.until, keeps: true, cell: ({ until }) => time(until) },
          {
            head: words.end,
            isHeadHidden: true,
            cell: ({ id, isThis, since }) =>
              isThis ? (
                <em className="tag done">{words.here}</em>
              ) : (
                <button
                  type="button"
                  className="button"
                  aria-label={`${words.end} ${time(since)}`}
                  disabled={end.isPending}
                  onClick={() => end.mutate([id])}
                >
                  {words.end}
                </button>
              ),
          },
        ]}
      />
    </section>
  );
}

function ThisPage() {
  const { page: words } = useOwn(ME);
  const { language, choose } = useLanguage();
  return (
    <section className="panel" aria-label={words.title}>
      <h2>{words.title}</h2>
      <label className="field">
        <span>{words.language}</span>
        <select
          className="input"
          value={language}
          onChange={({ target }) => choose(target.value === 'en' ? 'en' : 'zh')}
        >
          <option value="zh" lang="zh-CN">
            中文
          </option>
          <option value="en" lang="en">
            English
          </option>
        </select>
      </label>
      <Switch setting="sound" label={words.sound} />
      <p>
        <button type="button" className="button" onClick={() => void ring()}>
          {words.try}
        </button>
      </p>
      <Switch setting="letters" label={words.letters} />
    </section>
  );
}

function Switch({ setting, label }: { setting: Setting; label: string }) {
  const [on, setOn] = useState(isOn(setting));
  return (
    <div className="checks">
      <label>
        <input
          type="checkbox"
          checked={on}
          onChange={({ target }) => {
            switchSetting(setting, target.checked);
            setOn(target.checked);
          }}
        />{' '}
        {label}
      </label>
    </div>
  );
}
