import { Link, useLocation } from 'wouter';
import { serviceNow, type Session } from '../api/client';
import { nameOfCentre } from '../parts/centres';
import { putAway } from '../parts/settings';
import { Shell } from '../shell/Shell';
import { Loading } from '../states/States';
import { useOwn } from '../words';
import '../style/pages.css';
import { asDownload, drillFile } from './drill';
import { type Step, STEPS, type Steps, useSteps } from './useSteps';
import { WELCOME } from './words';

/** Where a step is done; those that are done on the page itself have no other. */
const AT: Partial<Record<Step, string>> = {
  account: '/me',
  rules: '/admin/health',
  feed: '/admin/keys',
  devices: '/admin/devices',
  users: '/admin/users',
  drill: '/admin/keys',
};

/** Leads the administrator of a fresh installation to its first call. */
export default function WelcomePage({ session }: { session: Session }) {
  const words = useOwn(WELCOME);
  const [, go] = useLocation();
  const steps = useSteps(session, true);
  const leave = () => {
    putAway('guide');
    go('/admin');
  };
  const next = steps && STEPS.find((step) => !steps.isDone[step]);
  return (
    <Shell session={session}>
      <div className="page">
        <div className="head">
          <h1>{words.title}</h1>
          <span className="hint">{words.hint}</span>
          <button type="button" className="button right" onClick={leave}>
            {steps && !next ? words.finish : words.close}
          </button>
        </div>
        {steps && !next && (
          <p className="done-note" role="status">
            {words.allDone}
          </p>
        )}
        {steps ? (
          <ol className="guide">
            {STEPS.map((step, i) => (
              <StepPanel key={step} step={step} steps={steps} isNext={step === next} number={i + 1}>
                {step === 'centre' && <Centres session={session} steps={steps} />}
                {step === 'drill' && <Drill />}
              </StepPanel>
            ))}
          </ol>
        ) : (
          <Loading rows={7} height={72} />
        )}
      </div>
    </Shell>
  );
}

function StepPanel({
  step,
  steps,
  isNext,
  number,
  children,
}: {
  step: Step;
  steps: Steps;
  isNext: boolean;
  number: number;
  children: React.ReactNode;
}) {
  const words = useOwn(WELCOME);
  const isDone = steps.isDone[step];
  const text = words.steps[step];
  const at = AT[step];
  return (
    <li className="panel" aria-current={isNext ? 'step' : undefined}>
      <header>
        <span className={isDone ? 'truth-silent' : 'hint'} aria-hidden="true">
          {isDone ? '✓' : '○'}
        </span>
        <h2>
          {number} {text.title}
        </h2>
        <span className="hint">{isDone ? words.done : words.todo}</span>
        <span className="right">
          {'skip' in text && !isDone && (
            <button type="button" className="button plain" onClick={() => steps.confirm(step)}>
              {text.skip}
            </button>
          )}
          {at !== undefined && (!isDone || step === 'rules') && (
            <Link className={isNext ? 'button main' : 'button'} href={at}>
              {text.act}
            </Link>
          )}
          {at === undefined && !isDone && (
            <button
              type="button"
              className={isNext ? 'button main' : 'button'}
              onClick={() => steps.confirm(step)}
            >
              {text.act}
            </button>
          )}
        </span>
      </header>
      <p>{text.says}</p>
      {children}
    </li>
  );
}

function Centres({ session, steps: { centres } }: { session: Session; steps: Steps }) {
  const words = useOwn(WELCOME);
  return (
    <p className="hint">
      {words.zone} <span data-foreign>{session.timeZone}</span> · {words.centres}{' '}
      <span data-foreign>
        {centres.length === 0 ? words.noCentre : centres.map(nameOfCentre).join(' · ')}
      </span>
    </p>
  );
}

function Drill() {
  const { drill: words } = useOwn(WELCOME).steps;
  const now = new Date(serviceNow()).toISOString();
  const command = [
    `curl ${location.origin}/fhir -H "Authorization: Bearer ${words.key}"`,
    '-H "Content-Type: application/fhir+json" --data-binary @drill-first.json',
  ].join(' ');
  return (
    <>
      <p className="acts">
        {(['first', 'second'] as const).map((part) => (
          <a
            key={part}
            className="button"
            download={`drill-${part}.json`}
            href={asDownload(drillFile(part, words.person, now))}
          >
            {words[part]}
          </a>
        ))}
      </p>
      <p className="hint">{words.command}</p>
      <pre className="command">{command}</pre>
    </>
  );
}
