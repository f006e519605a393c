import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { type KeyboardEvent, useEffect } from 'react';
import { ask, Refusal, type Session, type TaskDetail } from '../api/client';
import { may } from '../api/session';
import { useOnce } from '../parts/useOnce';
import { useWords } from '../words';
import { type ReadAgain, useMeanwhile } from './meanwhile';

interface Given {
  session: Session;
  task: TaskDetail;
  /** The task is not as it was read. */
  changed: ReadAgain;
  next: () => void;
}

interface Typed {
  note?: string;
}

/** What the doctor decided on a review. What is typed outlives a lost connection and a reload. */
export function DecisionForm({ session, task, changed, next }: Given) {
  const { outcome, sheet, states } = useWords();
  const [form] = Form.useForm<Typed>();
  const kept = `firstcall.outcome.${task.id}`;
  const { meanwhile, acts, failed } = useMeanwhile(task, changed, session.timeZone);
  const save = useMutation({
    onMutate: acts,
    mutationFn: ({ note }: Typed) => {
      const body = { version: task.version, ...(note?.trim() && { note: note.trim() }) };
      return ask('POST', `/api/tasks/${encodeURIComponent(task.id)}/decided`, {
        body,
      });
    },
    // What was not reached is tried again; a second arrival finds the version changed and does nothing.
    retry: (_failures, error) => error instanceof Refusal && error.isOffline,
    retryDelay: (failures) => Math.min(1000 * 2 ** failures, 15_000),
    onSuccess: () => {
      sessionStorage.removeItem(kept);
      next();
    },
    onError: failed,
  });
  const send = useOnce(save);
  useEffect(() => {
    const text = sessionStorage.getItem(kept);
    if (text !== null) form.setFieldsValue(JSON.parse(text) as Typed);
  }, [form, kept]);
  const isStale = save.error instanceof Refusal && save.error.status === 409;
  if (task.closedAt !== null)
    return (
      isStale && (
        <p className="fault" role="alert">
          {sheet.closedMeanwhile(meanwhile)}
        </p>
      )
    );
  if (!may(session, 'decide-reviews')) return <p className="hint">{outcome.onlyDoctor}</p>;
  const saveByKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.submit();
  };
  return (
    <Form<Typed>
      form={form}
      layout="vertical"
      className="outcome"
      onFinish={send}
      onValuesChange={(_, all) => sessionStorage.setItem(kept, JSON.stringify(all))}
      onKeyDown={saveByKey}
    >
      <Form.Item name="note" label={outcome.decision}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      {isStale && (
        <p className="fault" role="alert">
          {sheet.changed(meanwhile)}
        </p>
      )}
      {save.isError && !isStale && (
        <p className="fault" role="alert">
          {states.error}
        </p>
      )}
      {save.isPaused || (save.isPending && save.failureCount > 0) ? (
        <p className="notice" role="alert">
          {states.notSaved}
        </p>
      ) : null}
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {outcome.decided}
      </Button>{' '}
      <kbd>Ctrl</kbd> <kbd>Enter</kbd>
    </Form>
  );
}
