import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { ask, Refusal, type Schemas } from '../api/client';
import { newRequestKey } from '../api/request-key';
import { useKept } from '../parts/kept';
import { useLanguage, useOwn } from '../words';
import { REPORT } from './report-words';
import { type Chosen, WhoIsIt } from './WhoIsIt';

type Body = Schemas['HandReportBody'];
type Department = Schemas['DepartmentShown'];
type Shown = Schemas['HandReportShown'];
const CLASSES = ['A', 'important', 'B', 'C'] as const;
const LONGEST = 1000;
/** The queue opens the form again where something waits in it. */
const REPORT_KEPT = 'firstcall.report';
const NOTHING: { person: Chosen | null; typed: Partial<Body> } = { person: null, typed: {} };

/** 手工上报: a department's finding, written down by whoever was told of it. */
export default function ReportForm({ close, saved }: { close: () => void; saved: (report: Shown) => void }) {
  const words = useOwn(REPORT);
  const { language } = useLanguage();
  const departments = useQuery({
    queryKey: ['departments'],
    queryFn: () => ask<Department[]>('GET', '/api/manual-reports/departments'),
  });
  const dialog = useRef<HTMLDialogElement>(null);
  const [{ person, typed }, change] = useKept(REPORT_KEPT, NOTHING);
  const [isLacking, setLacking] = useState(false);
  // What was sent and did not arrive is sent again under its key; other words are another report.
  const [sent, setSent] = useState({ text: '', key: newRequestKey() });
  const department = useRef<HTMLSelectElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const save = useMutation({
    mutationFn: ({ body, key }: { body: Body; key: string }) =>
      ask<Shown>('POST', '/api/manual-reports', { body, headers: { 'idempotency-key': key } }),
    retry: (_failures, error) => error instanceof Refusal && error.isOffline,
    retryDelay: (failures) => Math.min(1000 * 2 ** failures, 15_000),
    onSuccess: (report) => {
      change(() => NOTHING);
      saved(report);
    },
  });
  const text = typed.text ?? '';
  const isWhole = person && typed.department && typed.class && text.trim().length >= 2;
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    setLacking(!isWhole);
    if (!isWhole || save.isPending) return;
    const reporter = typed.reporter?.trim();
    const body = { ...typed, person: person.id, text: text.trim(), reporter: reporter || undefined } as Body;
    const said = JSON.stringify(body);
    const key = sent.text === said || sent.text === '' ? sent.key : newRequestKey();
    setSent({ text: said, key });
    save.mutate({ body, key });
  };
  const press = (event: KeyboardEvent) => {
    // Letters are not the page's while the dialog is open.
    event.stopPropagation();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
  };
  const type = (more: Partial<Body>) =>
    change((before) => ({ ...before, typed: { ...before.typed, ...more } }));
  return (
    <dialog
      ref={dialog}
      className="help report"
      aria-labelledby="report-title"
      onClose={() => {
        change(() => NOTHING);
        close();
      }}
      onKeyDown={press}
    >
      <form onSubmit={submit} noValidate>
        <h2 id="report-title">{words.title}</h2>
        <p className="hint">{words.hint}</p>
        <WhoIsIt
          chosen={person}
          choose={(one) => {
            change((before) => ({ ...before, person: one }));
            if (one) department.current?.focus();
          }}
        />
        <label className="field">
          <span>{words.department}</span>
          <select
            ref={department}
            className="input"
            value={typed.department ?? ''}
            onChange={({ target }) => type({ department: target.value })}
          >
            <option value="" disabled>
              {words.choose}
            </option>
            {(departments.data ?? []).map(({ id, ...name }) => (
              <option key={id} value={id}>
                {name[language]}
              </option>
            ))}
          </select>
        </label>
        <fieldset className="choices">
          <legend>{words.class}</legend>
          {CLASSES.map((of) => (
            <label key={of}>
              <input
                type="radio"
                name="class"
                checked={typed.class === of}
                onChange={() => type({ class: of })}
              />
              {words.classes[of]}
            </label>
          ))}
        </fieldset>
        <label className="field">
          <span>{words.text}</span>
          <textarea
            className="input"
            rows={3}
            maxLength={LONGEST}
            value={text}
            onChange={({ target }) => type({ text: target.value })}
          />
        </label>
        {text.length > LONGEST - 200 && <p className="hint">{words.left(LONGEST - text.length)}</p>}
        <label className="field">
          <span>{words.reporter}</span>
          <input
            className="input"
            autoComplete="off"
            maxLength={64}
            value={typed.reporter ?? ''}
            onChange={({ target }) => type({ reporter: target.value })}
          />
        </label>
        <label className="tick">
          <input
            type="checkbox"
            checked={typed.confidential ?? false}
            onChange={({ target }) => type({ confidential: target.checked })}
          />
          {words.confidential}
        </label>
        {departments.isError && (
          <p className="fault" role="alert">
            {words.noDepartments}
          </p>
        )}
        {isLacking && !isWhole && (
          <p className="fault" role="alert">
            {words.needed}
          </p>
        )}
        {save.isError && (
          <p className="fault" role="alert">
            {words.failed}
          </p>
        )}
        {save.isPending && save.failureCount > 0 && (
          <p className="notice" role="alert">
            {words.notSaved}
          </p>
        )}
        <div className="acts">
          <button type="submit" className="button main" disabled={save.isPending}>
            {words.save}
          </button>
          <span>
            <kbd>Ctrl</kbd> <kbd>Enter</kbd>
          </span>
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            {words.cancel}
          </button>
        </div>
      </form>
    </dialog>
  );
}
