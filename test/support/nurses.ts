import { AccessService } from '../../src/access/index.js';
import { type QueueItem, type QueuePage } from '../../src/workbench/queue.dto.js';
import { type TaskHistory } from '../../src/workbench/task-history.dto.js';
import { type CallShown } from '../../src/workbench/task-life.dto.js';
import { type TaskDetail } from '../../src/workbench/task.dto.js';
import { type HttpAnswer, type TestApp } from './app.js';

/** A nurse with a key of her own, who works the queue over HTTP. */
export class Nurse {
  private constructor(
    readonly app: TestApp,
    readonly id: string,
    private readonly key: string,
  ) {}

  static async of(app: TestApp, name: string): Promise<Nurse> {
    const { id, secret } = await app.nest.get(AccessService).createKey({ name, scope: 'admin' });
    return new Nurse(app, id, secret);
  }

  get<T>(path: string): Promise<HttpAnswer<T>> {
    return this.app.get<T>(path, { key: this.key });
  }

  async queue(query = ''): Promise<QueueItem[]> {
    return (await this.get<QueuePage>(`/api/queue?limit=200${query}`)).body.items;
  }

  async task(id: string): Promise<TaskDetail> {
    return (await this.get<TaskDetail>(`/api/tasks/${id}`)).body;
  }

  async history(id: string): Promise<TaskHistory> {
    return (await this.get<TaskHistory>(`/api/tasks/${id}/history`)).body;
  }

  /** An act on the task as it is now, unless a version is given. */
  async act<T = TaskDetail>(
    id: string,
    action: string,
    body: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ): Promise<HttpAnswer<T>> {
    const version = 'version' in body || 'if-match' in headers ? undefined : (await this.task(id)).version;
    const sent = version === undefined ? body : { version, ...body };
    return this.app.http<T>('POST', `/api/tasks/${id}/${action}`, sent, { key: this.key, headers });
  }

  call(
    id: string,
    body: Record<string, unknown>,
    headers: Record<string, string> = {},
  ): Promise<HttpAnswer<CallShown>> {
    return this.act<CallShown>(id, 'calls', body, headers);
  }

  post<T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<HttpAnswer<T>> {
    return this.app.http<T>('POST', path, body, { key: this.key, headers });
  }
}
