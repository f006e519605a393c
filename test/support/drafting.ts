import { codeAt } from '../../src/accounts/domain/one-time-code.js';
import { DraftReplays } from '../../src/drafts/index.js';
import { type DraftDetail } from '../../src/workbench/drafts.dto.js';
import { startApp, type TestApp } from './app.js';
import { type BrowserSession, signedInAs } from './browser-session.js';
import { RulesFolder } from './rules-folder.js';

export const BLOOD_COUNT = 'important-results/blood-count.yaml';

/** A doctor who writes rules, a second who approves them, and the folder that they are in. */
export class Drafting {
  private constructor(
    readonly app: TestApp,
    readonly folder: RulesFolder,
    /** What the folder is to become. */
    readonly wanted: RulesFolder,
    readonly author: BrowserSession,
    readonly reviewer: BrowserSession,
  ) {}

  /** @param env beside the folder of rules */
  static async begin(env: Record<string, string> = {}): Promise<Drafting> {
    const [folder, wanted] = [new RulesFolder(), new RulesFolder()];
    wanted.setWhiteCellLimit(3.5);
    const app = await startApp({ env: { RULES_DIR: folder.path, ...env } });
    app.nest.useLogger(false);
    const author = await signedInAs(app, 'author', 'rule-author');
    const reviewer = await signedInAs(app, 'reviewer', 'rule-reviewer');
    // The code of this half minute was used to set codes up.
    app.clock.advance({ minutes: 1 });
    return new Drafting(app, folder, wanted, author, reviewer);
  }

  async end(): Promise<void> {
    await this.app.close();
    this.folder.remove();
    this.wanted.remove();
  }

  async versionInForce(): Promise<string> {
    return (await this.app.get<{ version: string }>('/api/rules')).body.version;
  }

  async make(
    beginning: { rollsBackTo?: string; rule?: string } = {},
    by = this.author,
  ): Promise<DraftDetail> {
    const { body, status, text } = await by.post<DraftDetail>('/api/rules/drafts', {
      title: 'WBC',
      ...beginning,
    });
    if (status !== 201) throw new Error(`no draft: ${text}`);
    return body;
  }

  save({ id, revision }: DraftDetail, text: string | null, path = BLOOD_COUNT, by = this.author) {
    return by.http<DraftDetail>('PUT', `/api/rules/drafts/${id}/file`, { revision, path, text });
  }

  /** Saved, replayed, sent, and looked at by the reviewer. */
  async reviewed(): Promise<DraftDetail> {
    const { body: draft } = await this.save(await this.make(), this.wanted.read(BLOOD_COUNT));
    return this.lookedAt(draft);
  }

  async lookedAt({ id, revision }: DraftDetail): Promise<DraftDetail> {
    await this.author.post(`/api/rules/drafts/${id}/replay`);
    await this.app.nest.get(DraftReplays).settled();
    const { body, status, text } = await this.author.post<DraftDetail>(`/api/rules/drafts/${id}/send`, {
      revision,
    });
    if (status !== 200) throw new Error(`not sent: ${text}`);
    await this.seen(body);
    return body;
  }

  async seen({ id, revision }: DraftDetail, by = this.reviewer): Promise<void> {
    for (const what of ['diff', 'replay']) await by.post(`/api/rules/drafts/${id}/seen`, { revision, what });
  }

  approve({ id, revision }: DraftDetail, code?: string, by = this.reviewer) {
    const right = codeAt(by.codeSecret!, this.app.clock.now());
    const body = { revision, reason: 'as agreed', code: code ?? right };
    return by.post<DraftDetail>(`/api/rules/drafts/${id}/approve`, body);
  }
}
