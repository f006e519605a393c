import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In, Like } from 'typeorm';
import { DIALECTS, Reader, UnitOfWork } from '../database/index.js';
import { newId } from '../kernel/index.js';
import { type SourceFile } from './domain/files/parse-file.js';
import { RuleFileEntity, RuleSetChangeEntity, RuleSetEntity } from './rule-set.entity.js';

interface ListedFile {
  path: string;
  hash: string;
}

/** Every version that was ever in force, and when it came into force where. */
@Injectable()
export class RuleSetRepository {
  constructor(
    private readonly reader: Reader,
    private readonly work: UnitOfWork,
  ) {}

  /** Keeps a version with its files; one that is known stays as it is. */
  async keep(manager: EntityManager, version: string, files: readonly SourceFile[], now: Date): Promise<void> {
    if (await manager.existsBy(RuleSetEntity, { version })) return;
    const listed = files.map(({ path, text }): ListedFile => ({ path, hash: hashOf(text) }));
    const texts = new Map(files.map(({ text }) => [hashOf(text), text]));
    const known = await manager.find(RuleFileEntity, {
      select: { hash: true },
      where: { hash: In([...texts.keys()]) },
    });
    for (const { hash } of known) texts.delete(hash);
    for (const [hash, text] of texts) {
      await this.once(() => manager.insert(RuleFileEntity, { hash, text }));
    }
    await this.once(() =>
      manager.insert(RuleSetEntity, { version, files: JSON.stringify(listed), inForceSince: now }),
    );
  }

  /** Another instance may keep the same at the same moment. */
  private async once(insert: () => Promise<unknown>): Promise<void> {
    try {
      await insert();
    } catch (error) {
      if (!DIALECTS[this.work.kind].isDuplicateKey(error)) throw error;
    }
  }

  /** The files of a kept version in the order of their paths; null when there is no such version. */
  async files(version: string): Promise<SourceFile[] | null> {
    const listed = await this.listed(version);
    if (!listed) return null;
    const rows = await this.reader.manager.findBy(RuleFileEntity, { hash: In(listed.map(({ hash }) => hash)) });
    const texts = new Map(rows.map(({ hash, text }) => [hash, text]));
    return listed.map(({ path, hash }) => {
      const text = texts.get(hash);
      if (text === undefined) throw new Error(`the text of ${path} of version ${version} is missing`);
      return { path, text };
    });
  }

  /** When a version first came into force; null when there is no such version. */
  async firstInForce(version: string): Promise<Date | null> {
    return (await this.reader.manager.findOneBy(RuleSetEntity, { version }))?.inForceSince ?? null;
  }

  /** Kept versions whose hash begins so; two at most, which is enough to see that it is not one. */
  async beginningWith(start: string): Promise<string[]> {
    if (!/^[0-9a-f]{4,64}$/.test(start)) return [];
    const rows = await this.reader.manager.find(RuleSetEntity, {
      select: { version: true },
      where: { version: Like(`${start}%`) },
      take: 2,
    });
    return rows.map(({ version }) => version);
  }

  /** One file of a kept version; null when there is none. */
  async file(version: string, path: string): Promise<SourceFile | null> {
    const hash = (await this.listed(version))?.find((file) => file.path === path)?.hash;
    const row = hash ? await this.reader.manager.findOneBy(RuleFileEntity, { hash }) : null;
    return row && { path, text: row.text };
  }

  private async listed(version: string): Promise<ListedFile[] | null> {
    const kept = await this.reader.manager.findOneBy(RuleSetEntity, { version });
    return kept && (JSON.parse(kept.files) as ListedFile[]);
  }

  async changed(manager: EntityManager, change: Omit<RuleSetChangeEntity, 'id'>): Promise<void> {
    await manager.insert(RuleSetChangeEntity, { id: newId(), ...change });
  }

  /** What came into force last: on this instance, or on any. */
  lastChange(instance?: string): Promise<RuleSetChangeEntity | null> {
    return this.reader.manager.findOne(RuleSetChangeEntity, {
      where: instance === undefined ? {} : { instance },
      order: { at: 'DESC', id: 'DESC' },
    });
  }

  /** Changes, latest first: of one version, or of all. */
  changes(most: number, version?: string): Promise<RuleSetChangeEntity[]> {
    return this.reader.manager.find(RuleSetChangeEntity, {
      where: version === undefined ? {} : { version },
      order: { at: 'DESC', id: 'DESC' },
      take: most,
    });
  }

  /** When versions came into force first, latest first. */
  async versions(most: number): Promise<Pick<RuleSetEntity, 'version' | 'inForceSince'>[]> {
    return this.reader.manager.find(RuleSetEntity, {
      select: { version: true, inForceSince: true },
      order: { inForceSince: 'DESC', version: 'ASC' },
      take: most,
    });
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
