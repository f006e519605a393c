import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '../config/index.js';
import { AppError, newId } from '../kernel/index.js';
import { TerminologyService } from '../terminology/index.js';
import { type SourceFile } from './domain/files/parse-file.js';
import { OVERLAY } from './domain/overlay/apply-overlay.js';
import { gatherFiles, isVocabulary } from './rule-files.js';

/** `ENOTDIR`: what should be a folder on the way is a file. */
const NO_SUCH_FILE: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR']);

/** One file as it is to lie on the disk; null: not at all. */
export interface FileWritten {
  path: string;
  text: string | null;
}

/**
 * The folder that a centre's own changes are written to: its overlay where it has one, since an upgrade replaces the
 * shipped packs, else the folder of the rules.
 */
@Injectable()
export class RuleFolder {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(TerminologyService) private readonly terminology: TerminologyService,
  ) {}

  get hasOverlay(): boolean {
    return this.config.overlayDir !== null;
  }

  /** Whether changes are written to this file; paths as in the files of a version. */
  isOwn(path: string): boolean {
    return path.startsWith(OVERLAY) === this.hasOverlay && !isVocabulary(path);
  }

  /**
   * Every file that makes a version, as they lie on the disk now, whether or not they are in force.
   * @throws AppError `rules-refused` when a folder or a file cannot be read
   */
  files(): Promise<SourceFile[]> {
    return gatherFiles(this.config, this.terminology.files);
  }

  /** What lies there; null where there is no such file. A policy that is only shipped lies elsewhere. */
  async onDisk(path: string): Promise<string | null> {
    try {
      return await readFile(this.#place(path), 'utf8');
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (NO_SUCH_FILE.has(code)) return null;
      throw error;
    }
  }

  /**
   * Writes files, each as a whole or not at all: beside its place, to the disk, then in its place. The same again does no harm.
   * @throws AppError `try-again` when the folder cannot be written; some of the files may have been
   */
  async write(files: readonly FileWritten[]): Promise<void> {
    try {
      for (const { path, text } of files) {
        if (text === null) await rm(this.#place(path), { force: true });
        else await replace(this.#place(path), text);
      }
    } catch (error) {
      const { code = 'fault' } = error as NodeJS.ErrnoException;
      const folder = this.hasOverlay ? 'RULES_OVERLAY_DIR' : 'RULES_DIR';
      throw new AppError('try-again', `The service cannot write to the folder ${folder} (${code}): nothing of it is in force.`);
    }
  }

  #place(path: string): string {
    const { overlayDir, rulesDir } = this.config;
    if (!this.isOwn(path)) throw new Error('not a file of the folder that is written to');
    return overlayDir === null ? join(rulesDir, path) : join(overlayDir, path.slice(OVERLAY.length));
  }
}

/** A reader finds the old text or the new one. The name begins with a dot: no rule file until it is whole. */
async function replace(place: string, text: string): Promise<void> {
  const folder = dirname(place);
  await mkdir(folder, { recursive: true });
  const beside = join(folder, `.${newId()}.writing`);
  try {
    const file = await open(beside, 'w');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, place);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  const directory = await open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
