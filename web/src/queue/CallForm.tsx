import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input, Radio } from 'antd';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { ask, type CallBody, type CallShown, Refusal, serviceNow, type TaskDetail } from '../api/client';
import { newRequestKey } from '../api/request-key';
import { LookAlikes } from '../parts/LookAlikes';
import { useOnce } from '../parts/useOnce';
import { inLanguage, useLanguage } from '../words';
import {
  ANSWERED_BY,
  type CallTyped,
  dayOf,
  FAILED,
  type Failure,
  isRecheckDay,
  RECHECKS,
  toldBody,
} from './call';
import { useKeys } from './keys';
import { type ReadAgain, useMeanwhile } from './meanwhile';
import { readBacksOf } from './read-back';

interface Given {
  task: TaskDetail;
  /** Whether the one who tells may see confidential findings. */
  seesSensitive: boolean;
  /** Of the centre: days are its days. */
  zone: string;
  /** Reads the task again: what is saved next is said of the task as it is then. */
  changed: ReadAgain;
  next: () => void;
}

/** What was heard on the phone, typed from empty; nothing here shows what would be right. */
export function CallForm({ task, seesSensitive, zone, changed, next }: Given) {
  const { language, words } = useLanguage();
  const { call, outcome, states } = words;
  const [form] = Form.useForm<CallTyped>();
  const failed = useRef<HTMLDivElement>(null);
  const answeredBy = Form.useWatch('answeredBy', form);
  const recheck = Form.useWatch('recheck', form);
  const isToldAll = seesSensitive && (answeredBy === undefined || answeredBy === 'self');
  const groups = useMemo(() => readBacksOf(task.findings, isToldAll), [task.findings, isToldAll]);
  const kept = `firstcall.call.${task.id}`;
  const { meanwhile, acts, failed: refused } = useMeanwhile(task, changed, zone);
  const save = useMutation({
    onMutate: acts,
    mutationFn: (body: CallBody) =>
      ask<CallShown>('POST', `/api/tasks/${encodeURIComponent(task.id)}/calls`, {
        body,
        headers: { 'idempotency-key': keyOf(kept, body) },
      }),
    // What was not reached is sent again under the same key: it counts once.
    retry: (_failures, error) => error instanceof Refusal && error.isOffline,
    retryDelay: (failures) => Math.min(1000 * 2 ** failures, 15_000),
    // That it differs is shown once the task is read again, so that saving at once afterwards is no conflict.
    onSuccess: async ({ outcome: became }) => {
      if (became === 'not-identified' || became === 'read-back-differs') return void (await changed());
      sessionStorage.removeItem(kept);
      next();
    },
    onError: refused,
  });
  useEffect(() => {
    const text = sessionStorage.getItem(kept);
    if (text !== null) form.setFieldsValue(JSON.parse(text) as CallTyped);
    form.focusField('name');
  }, [form, kept]);
  // What is wrong is said in the language that is read now.
  useEffect(() => {
    const wrong = form.getFieldsError().filter(({ errors }) => errors.length > 0);
    if (wrong.length > 0) form.validateFields(wrong.map(({ name }) => name)).catch(() => undefined);
  }, [form, language]);
  // Twice would move the list on twice.
  const send = useOnce(save);
  useKeys({ n: () => failed.current?.querySelector('button')?.focus() });
  const fail = (became: Failure) => send({ version: task.version, outcome: became, channel: 'phone' });
  const saveByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    if (event.ctrlKey || event.metaKey) form.submit();
    // A mere Enter saves nothing: the second one of a claim would come here.
    else if (event.target instanceof HTMLInputElement) event.preventDefault();
  };
  const required = [{ required: true, message: outcome.needed }];
  const phone = task.person?.contacts.find(({ system }) => system === 'phone')?.value;
  return (
    <Form<CallTyped>
      form={form}
      className="outcome"
      layout="horizontal"
      colon={false}
      requiredMark={false}
      initialValues={{ answeredBy: 'self', recheck: 'none' }}
      onFinish={(typed) =>
        send(toldBody(typed, { version: task.version, groups, phone, now: serviceNow(), zone }))
      }
      onValuesChange={(_, all) => sessionStorage.setItem(kept, JSON.stringify(all))}
      onKeyDown={saveByKey}
    >
      <div className="line identify">
        <h3>{call.identify}</h3>
        <Form.Item name="name" label={call.name} rules={required}>
          <Input autoComplete="off" maxLength={255} placeholder={call.nameHint} />
        </Form.Item>
        <Form.Item name="birthDate" label={call.birthDate} rules={required}>
          <Input autoComplete="off" maxLength={20} placeholder={call.birthDateHint} />
        </Form.Item>
      </div>
      <Form.Item label={call.who}>
        <ByDigit>
          <Form.Item name="answeredBy" noStyle>
            <Radio.Group
              options={ANSWERED_BY.map((value, i) => ({ value, label: numbered(call[value], i) }))}
            />
          </Form.Item>
        </ByDigit>
      </Form.Item>
      {answeredBy === 'relative' && (
        <Form.Item name="relativeName" label={call.relativeName} rules={required}>
          <Input autoComplete="off" maxLength={255} />
        </Form.Item>
      )}
      {groups.map(({ key, finding, isValue }, i) => (
        <div key={key} className="line read-back" role="group" aria-labelledby={`${kept}.${i}`}>
          <span id={`${kept}.${i}`} className="hint">
            {i === 0 && <strong>{call.readBack}</strong>}{' '}
            <LookAlikes>
              {finding.isConfidential ? words.queue.confidential : inLanguage(finding.title, language)}
            </LookAlikes>
          </span>
          <Form.Item name={['values', i]} label={isValue ? call.value : call.words} rules={required}>
            <Input autoComplete="off" maxLength={200} placeholder={call.asHeard} />
          </Form.Item>
          {isValue && (
            <Form.Item name={['units', i]} label={call.unit}>
              <Input autoComplete="off" maxLength={40} />
            </Form.Item>
          )}
        </div>
      ))}
      <Form.Item label={call.recheck}>
        <ByDigit>
          <Form.Item name="recheck" noStyle>
            <Radio.Group
              options={RECHECKS.map((value, i) => ({ value, label: numbered(call.recheckDays[value], i) }))}
            />
          </Form.Item>
        </ByDigit>
      </Form.Item>
      {recheck === 'day' && (
        <Form.Item
          name="recheckDay"
          label={call.recheckDay}
          rules={[
            {
              required: true,
              message: call.recheckDayHint,
              validator: (_, typed?: string) =>
                isRecheckDay(typed ?? '', serviceNow(), zone)
                  ? Promise.resolve()
                  : Promise.reject(new Error()),
            },
          ]}
        >
          <Input
            autoComplete="off"
            inputMode="numeric"
            maxLength={10}
            placeholder={dayOf(serviceNow(), zone)}
          />
        </Form.Item>
      )}
      <div className="save-bar">
        <Fault error={save.error} became={save.data?.outcome} meanwhile={meanwhile} />
        {save.isPending && save.failureCount > 0 && (
          <p className="notice" role="alert">
            {states.notSaved}
          </p>
        )}
        <div className="line">
          <Form.Item name="note" label={outcome.note}>
            <Input.TextArea rows={1} maxLength={2000} placeholder={outcome.notePlaceholder} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {call.save}
          </Button>
          <span>
            <kbd>Ctrl</kbd> <kbd>Enter</kbd>
          </span>
        </div>
        <div
          ref={failed}
          className="failed"
          role="group"
          aria-label={call.failed}
          onKeyDown={(event) => numberedIn(event, 'button')?.focus()}
        >
          <span className="hint">
            {call.failed} <kbd>N</kbd>
          </span>
          {FAILED.map((became, i) => (
            <button
              key={became}
              type="button"
              className="button"
              disabled={save.isPending}
              onClick={() => fail(became)}
            >
              {numbered(call.failedOutcomes[became], i)}
            </button>
          ))}
        </div>
      </div>
    </Form>
  );
}

function numbered(name: string, i: number): ReactNode {
  return (
    <>
      {name} <kbd>{i + 1}</kbd>
    </>
  );
}

/** Of a group of choices the one of the digit that is pressed in it. */
function ByDigit({ children }: { children: ReactNode }) {
  const choose = (event: KeyboardEvent<HTMLDivElement>) => numberedIn(event, 'input')?.click();
  return <div onKeyDown={choose}>{children}</div>;
}

/** Of several controls the one of the digit that is pressed among them. */
function numberedIn(event: KeyboardEvent<HTMLDivElement>, control: 'input' | 'button') {
  if (!/^[1-9]$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  return event.currentTarget.querySelectorAll<HTMLElement>(control)[Number(event.key) - 1];
}

interface FaultGiven {
  error: Error | null;
  became: string | undefined;
  meanwhile: string;
}

function Fault({ error, became, meanwhile }: FaultGiven) {
  const { language, words } = useLanguage();
  const { call, sheet, states } = words;
  const text = (): string | null => {
    if (became === 'not-identified') return call.notIdentified;
    if (became === 'read-back-differs') return call.readBackDiffers;
    if (!(error instanceof Refusal)) return error && states.error;
    if (error.status === 400) return call.missing;
    if (error.status !== 409) return states.error;
    return /ring the centre/.test(error.message) ? call.nobodyToTell : sheet.changed(meanwhile);
  };
  const said = text();
  return (
    said !== null && (
      <p
        key={`${language} ${said}`}
        // Saved by a key from the top of the form, it would come up below the edge.
        ref={(node) => node?.scrollIntoView({ block: 'nearest' })}
        className="fault"
        role="alert"
      >
        {said}
      </p>
    )
  );
}

/** The same content again is the same call; other content is another. */
function keyOf(kept: string, body: CallBody): string {
  const text = JSON.stringify(body);
  const stored = JSON.parse(sessionStorage.getItem(`${kept}.sent`) ?? '{}') as {
    text?: string;
    key?: string;
  };
  if (stored.text === text && stored.key) return stored.key;
  const key = newRequestKey();
  sessionStorage.setItem(`${kept}.sent`, JSON.stringify({ text, key }));
  return key;
}
