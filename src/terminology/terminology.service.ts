import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { type Config, CONFIG } from '../config/index.js';
import { Reader } from '../database/index.js';
import { extendVocabulary } from './domain/extend-vocabulary.js';
import { type Mapping, type Vocabulary } from './domain/vocabulary.js';
import { loadVocabulary } from './load-vocabulary.js';
import { TerminologyMappingEntity } from './mapping.entity.js';

/** The vocabulary in force: the shipped one, with the centre's own mappings. */
@Injectable()
export class TerminologyService implements OnModuleInit {
  readonly #shipped: Vocabulary;
  #vocabulary: Vocabulary;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly reader: Reader,
  ) {
    this.#shipped = loadVocabulary(config.vocabularyDir);
    this.#vocabulary = this.#shipped;
  }

  async onModuleInit(): Promise<void> {
    await this.reload();
  }

  get vocabulary(): Vocabulary {
    return this.#vocabulary;
  }

  /** Reads the mappings again: after one was added here, or by another process. */
  async reload(): Promise<void> {
    const rows = await this.reader.manager.find(TerminologyMappingEntity, {
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    this.#vocabulary = extendVocabulary(this.#shipped, rows.map(toMapping));
  }
}

function toMapping(row: TerminologyMappingEntity): Mapping {
  const [system = '', code = ''] = row.source.split(/\|(.*)/s);
  switch (row.kind) {
    case 'code':
      return { kind: 'code', system, code, analyte: row.target };
    case 'name':
      return { kind: 'name', name: row.source, analyte: row.target };
    case 'unit':
      return { kind: 'unit', spelling: row.source, unit: row.target };
  }
}
