import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail, type KeyCaller } from '../access/index.js';
import { type Config, CONFIG } from '../config/index.js';
import { readInstant } from '../database/index.js';
import { AppError } from '../kernel/index.js';
import { identifierKey, PersonRegistry, resultIdentifierKeys } from '../people/index.js';
import { ContactLoader } from './contact.loader.js';
import { mask } from './domain/mask.js';
import { historyBundle, searchBundle } from './domain/search-bundle.js';
import { readSearch, type SearchRequest } from './domain/search-request.js';
import { PersonLookup } from './person-lookup.js';
import { type ResolvedSearch, SearchRepository } from './search.repository.js';
import { servedType, type ServedType } from './served-types.js';
import { type Loaded, StoredLoader } from './stored.loader.js';
import { WorkLoader } from './work.loader.js';

/** A search as it was asked over HTTP. */
export interface Asked {
  /** Base of the FHIR door as the caller sees it. */
  base: string;
  parameters: Iterable<readonly [string, string]>;
  isStrict: boolean;
}

const PRODUCED_IDENTIFIER = 'urn:ietf:rfc:3986';
const PRODUCED: ReadonlySet<ServedType['table']> = new Set(['finding', 'task', 'contact', 'assessment']);
const RESOURCE_ID = /^[A-Za-z0-9\-.]{1,64}$/;
const UUID_URN = /^urn:uuid:([0-9a-f-]{36})$/;

/** Reads and searches what is stored and produced, as much of it as the caller may see. */
@Injectable()
export class ReadingService {
  constructor(
    @Inject(SearchRepository) private readonly rows: SearchRepository,
    @Inject(PersonLookup) private readonly persons: PersonLookup,
    @Inject(PersonRegistry) private readonly registry: PersonRegistry,
    @Inject(StoredLoader) private readonly stored: StoredLoader,
    @Inject(WorkLoader) private readonly work: WorkLoader,
    @Inject(ContactLoader) private readonly contacts: ContactLoader,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws AppError `not-found` for an id, or a type, that is not here */
  async read(caller: KeyCaller, typeName: string, id: string): Promise<fhir4.FhirResource> {
    const type = known(typeName);
    const [found] = type.table && RESOURCE_ID.test(id) ? await this.#load(typeName, type, [id]) : [];
    if (!found) throw new AppError('not-found', `There is no ${typeName} with this id.`);
    const [resource] = await this.#show(caller, `read ${typeName}`, [found], `${typeName}/${id}`);
    return resource!;
  }

  /**
   * All versions of what was produced and changes in place, the latest first.
   * @throws AppError `not-found` for an id that is not here, or a type whose earlier versions are not served
   */
  async history(caller: KeyCaller, typeName: string, id: string, base: string): Promise<fhir4.Bundle> {
    const resources = await this.#show(caller, `history ${typeName}`, await this.#versions(typeName, id));
    return historyBundle({ base, type: typeName, resources });
  }

  /** @throws AppError `not-found` for a version that is not here */
  async version(
    caller: KeyCaller,
    typeName: string,
    id: string,
    version: string,
  ): Promise<fhir4.FhirResource> {
    const versions = await this.#versions(typeName, id);
    const found = versions.filter(({ resource }) => resource.meta?.versionId === version);
    const [resource] = await this.#show(caller, `read ${typeName}`, found);
    if (!resource) throw new AppError('not-found', `There is no such version of this ${typeName}.`);
    return resource;
  }

  async #versions(typeName: string, id: string): Promise<Loaded[]> {
    if (known(typeName).table !== 'assessment')
      throw new AppError('not-found', `Earlier versions of ${typeName} are not served.`);
    const versions = RESOURCE_ID.test(id) ? await this.work.levelVersions(id) : [];
    if (versions.length === 0) throw new AppError('not-found', `There is no ${typeName} with this id.`);
    return versions;
  }

  /** @throws AppError `invalid-request` with every parameter that is malformed */
  async search(caller: KeyCaller, typeName: string, asked: Asked): Promise<fhir4.Bundle> {
    const type = known(typeName);
    const { request, faults } = readSearch(
      asked.parameters,
      type.searchable,
      this.config.timeZone,
      asked.isStrict,
    );
    if (faults.length > 0) throw new AppError(faults);
    const page = await this.#page(typeName, type, request);
    const resources = await this.#show(caller, `search ${typeName}`, page.loaded);
    const { base } = asked;
    const { next, total } = page;
    return searchBundle({ base, type: typeName, used: request.used, resources, next, total });
  }

  async #page(typeName: string, type: ServedType, request: SearchRequest) {
    const search = type.table ? await this.#resolve(typeName, type, request) : null;
    if (!search) return { loaded: [], next: null, total: 0 };
    const hits = request.count === 0 ? [] : await this.rows.find(type, search);
    const shown = hits.slice(0, request.count);
    const loaded = await this.#load(
      typeName,
      type,
      shown.map(({ id }) => id),
    );
    const last = hits.length > request.count ? shown.at(-1) : undefined;
    const isWhole = !request.after && !last && request.count > 0;
    return {
      loaded,
      next: last ? { id: last.id, at: last.sort_at === null ? null : readInstant(last.sort_at) } : null,
      total: isWhole
        ? shown.length
        : request.count === 0 || request.total === 'accurate'
          ? await this.rows.count(type, search)
          : null,
    };
  }

  /** Null when a person or identifier that was asked for is not known: nothing can be found then. */
  async #resolve(typeName: string, type: ServedType, request: SearchRequest): Promise<ResolvedSearch | null> {
    const { statuses, codes, updated, count, after, sort } = request;
    const personIds: string[][] = [];
    for (const wanted of request.persons) personIds.push(await this.persons.find(wanted));
    const ids: string[][] = [...request.ids];
    const identityKeys: string[][] = [];
    for (const wanted of request.identifiers) {
      if (type.table === 'person') {
        const keys = wanted.map(({ system, value }) => this.registry.identifierKey(system, value));
        ids.push(await this.persons.byKeys(keys));
      } else if (PRODUCED.has(type.table)) {
        ids.push(
          wanted.flatMap((one) =>
            one.system === PRODUCED_IDENTIFIER ? (UUID_URN.exec(one.value)?.[1] ?? []) : [],
          ),
        );
      } else {
        identityKeys.push(
          wanted.flatMap((one) =>
            type.table === 'observation'
              ? resultIdentifierKeys(typeName, one)
              : identifierKey(typeName, one.system, one.value),
          ),
        );
      }
    }
    if ([...personIds, ...ids].some((list) => list.length === 0)) return null;
    return { ids, personIds, identityKeys, statuses, codes, updated, count, after, sort };
  }

  async #load(typeName: string, type: ServedType, ids: readonly string[]): Promise<Loaded[]> {
    if (ids.length === 0) return [];
    const loaded = await this.#loadFrom(typeName, type, ids);
    const byId = new Map(loaded.map((one) => [one.id, one]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  #loadFrom(typeName: string, { table }: ServedType, ids: readonly string[]): Promise<Loaded[]> {
    switch (table) {
      case 'person':
        return this.stored.patients(ids);
      case 'observation':
        return this.stored.results(typeName, ids);
      case 'clinical_resource':
        return this.stored.clinical(typeName, ids);
      case 'finding':
        return this.work.findings(ids);
      case 'task':
        return this.work.tasks(ids);
      case 'contact':
        return this.contacts.contacts(ids);
      case 'assessment':
        return this.work.levels(ids);
      case null:
        return Promise.resolve([]);
    }
  }

  /** Recorded, and masked for whoever may not see contact data. */
  async #show(
    caller: KeyCaller,
    action: string,
    loaded: readonly Loaded[],
    subject?: string,
  ): Promise<fhir4.FhirResource[]> {
    const resources = loaded.map(({ resource }) => resource);
    const personIds = [...new Set(loaded.flatMap(({ personId }) => personId ?? []))];
    const isMasked = caller.scope !== 'read-contact' && caller.scope !== 'admin';
    const detail = `${resources.length} shown ${isMasked ? 'masked' : 'unmasked'}`;
    // A masked search that finds nobody shows nobody.
    if (resources.length > 0 || !isMasked)
      await this.audit.record(caller, { action, personIds, detail, ...(subject && { subject }) });
    return isMasked ? resources.map(mask) : resources;
  }
}

function known(typeName: string): ServedType {
  const type = servedType(typeName);
  if (!type) throw new AppError('not-found', 'Resources of this type are not served; see /fhir/metadata.');
  return type;
}
