import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { type Config, CONFIG } from '../config/index.js';
import { Reader, UnitOfWork, type Witness } from '../database/index.js';
import { AppError, Clock, newId } from '../kernel/index.js';
import { extendVocabulary } from './domain/extend-vocabulary.js';
import { readMapping } from './domain/read-mapping.js';
import { type Mapping, type Vocabulary } from './domain/vocabulary.js';
import { readVocabularyFiles, type VocabularyFile, vocabularyOf } from './load-vocabulary.js';
import { TerminologyMappingEntity } from './mapping.entity.js';

const LONGEST_SOURCE = 191;
const LONGEST_TARGET = 64;

/** The vocabulary in force: the shipped one, with the centre's own mappings. */
@Injectable()
export class TerminologyService implements OnModuleInit {
  readonly #logger = new Logger('Terminology');
  /** Without the centre's mappings: what rules are written with, so that a mapping changes no rule. */
  readonly shipped: Vocabulary;
  /** The files that it was read from when the service started. */
  readonly files: readonly VocabularyFile[];
  #vocabulary: Vocabulary;
  /** What the mappings in force are known by: changes with every addition. */
  #stamp = '';

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly reader: Reader,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {
    this.files = readVocabularyFiles(config.vocabularyDir);
    this.shipped = vocabularyOf(this.files);
    this.#vocabulary = this.shipped;
  }

  async onModuleInit(): Promise<void> {
    await this.reload();
  }

  get vocabulary(): Vocabulary {
    return this.#vocabulary;
  }

  /**
   * Adds a centre's mapping, or replaces that of the same source, and puts it in force here; other processes notice by
   * themselves. What waits for it is judged again by the intake.
   * @param source see `readMapping`
   * @returns whether another mapping of the same source, with another target, stood before
   * @throws AppError `invalid-request` when source or target is not understood, or the unit doesn't fit the analyte
   */
  async add(
    kind: Mapping['kind'],
    source: string,
    target: string,
    witness?: Witness,
  ): Promise<{ hasReplaced: boolean }> {
    const mapping = readMapping(kind, source, target);
    if (source.length > LONGEST_SOURCE || target.length > LONGEST_TARGET) {
      throw new AppError(
        'invalid-request',
        `A mapping has at most ${LONGEST_SOURCE} characters, its target ${LONGEST_TARGET}.`,
      );
    }
    extendVocabulary(this.shipped, [mapping]);
    const hasReplaced = await this.work.run(async (manager) => {
      const before = await manager.findOneBy(TerminologyMappingEntity, { kind, source });
      await manager.delete(TerminologyMappingEntity, { kind, source });
      const createdAt = this.clock.now();
      const id = newId();
      await manager.insert(TerminologyMappingEntity, { id, kind, source, target, createdAt });
      await witness?.(manager, { subject: `term/${id}` });
      return before !== null && before.target !== target;
    });
    await this.reload();
    return { hasReplaced };
  }

  /** The centre's own mappings, oldest first. */
  mappings(): Promise<TerminologyMappingEntity[]> {
    return this.reader.manager.find(TerminologyMappingEntity, { order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /**
   * Reads the mappings again where another process has added one.
   * @returns whether the vocabulary in force is another one now
   */
  async follow(): Promise<boolean> {
    if ((await this.#currentStamp()) === this.#stamp) return false;
    await this.reload();
    return true;
  }

  /** Puts all stored mappings in force. One that does not fit this version's vocabulary is left out and told. */
  async reload(): Promise<void> {
    // Asked first: what is added meanwhile is noticed the next time.
    const stamp = await this.#currentStamp();
    const rows = await this.mappings();
    this.#vocabulary = extendVocabulary(
      this.shipped,
      rows.flatMap((row) => this.#usable(row)),
    );
    this.#stamp = stamp;
  }

  #usable({ kind, source, target }: TerminologyMappingEntity): Mapping[] {
    try {
      const mapping = readMapping(kind, source, target);
      extendVocabulary(this.shipped, [mapping]);
      return [mapping];
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#logger.warn(`the mapping of ${kind} "${source}" is not in force: ${error.message}`);
      return [];
    }
  }

  async #currentStamp(): Promise<string> {
    const [row] = await this.reader.query<{ n: number | string; last: string | null }>(
      'SELECT COUNT(*) AS n, MAX(id) AS last FROM terminology_mapping',
    );
    return `${row?.n ?? 0} ${row?.last ?? ''}`;
  }
}
