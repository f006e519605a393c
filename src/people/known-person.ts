import { type Demographics } from './domain/patient.js';

/** A person as the intake sees them while it holds their row. */
export interface KnownPerson extends Demographics {
  id: string;
  version: number;
  contentHash: string;
  idChosenBy: string | null;
  mergedInto: string | null;
}

/** Their row, with the key they were found by. */
export interface PersonRow {
  key_hash: string | null;
  id: string;
  name: string | null;
  sex: 'male' | 'female' | null;
  birth_date: string | null;
  is_deceased: number;
  has_guardian: number;
  version: number;
  content_hash: string;
  id_chosen_by: string | null;
  merged_into: string | null;
}

/** The columns of `PersonRow`, of a table named `p`. */
export const FIELDS =
  'p.id, p.name, p.sex, p.birth_date, p.is_deceased, p.has_guardian, p.version, p.content_hash, p.id_chosen_by, p.merged_into';

export function known(row: PersonRow): KnownPerson {
  return {
    id: row.id,
    name: row.name,
    sex: row.sex,
    birthDate: row.birth_date,
    isDeceased: Boolean(row.is_deceased),
    hasGuardian: Boolean(row.has_guardian),
    version: row.version,
    contentHash: row.content_hash,
    idChosenBy: row.id_chosen_by,
    mergedInto: row.merged_into,
  };
}
