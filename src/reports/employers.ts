import { Inject, Injectable } from '@nestjs/common';
import { placeholders, Reader } from '../database/index.js';
import { openText, Vault } from '../secrets/index.js';
import { employerOf, UNKNOWN_GROUP } from './domain/employer.js';
import { EmployerNames } from './employer-names.js';

/** 单位 of single people, as their records say. */
@Injectable()
export class Employers {
  constructor(
    @Inject(Reader) private readonly reader: Reader,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(EmployerNames) private readonly names: EmployerNames,
  ) {}

  /** By the person's id; whoever has none is left out. */
  async of(personIds: readonly string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    if (personIds.length === 0) return found;
    const rows = await this.reader.query<{ id: string; resource: Buffer }>(
      `SELECT id, resource FROM person WHERE id IN (${placeholders(personIds.length)})`,
      personIds,
    );
    let names: ReadonlyMap<string, string> | null = null;
    for (const { id, resource } of rows) {
      const patient = JSON.parse(await openText(this.vault, resource, `person ${id}`)) as fhir4.Patient;
      if (!patient.managingOrganization) continue;
      // Names of Organizations are asked for only where somebody has one.
      names ??= await this.names.names();
      const employer = employerOf(patient, names);
      if (employer !== UNKNOWN_GROUP) found.set(id, employer);
    }
    return found;
  }
}
