import { type Role } from '../../accounts/index.js';
import { EVERYBODY, placeholders, type Rows } from '../../database/index.js';

/** Of somebody who is signed in, what decides whom they may see. */
export interface Post {
  roles: readonly Role[];
  /** The centre where they work; null in an installation of one, and for whoever works for all. */
  centre: string | null;
  /** What encounters call them, `system|value`. */
  practitioner: string | null;
}

const ENCOUNTERS = `clinical_resource rr JOIN encounter_care rc ON rc.resource_id = rr.id WHERE rr.type = 'Encounter' AND rr.person_id =`;

/**
 * Whom somebody may see. The widest of their roles counts: an attending doctor sees the inpatients who are theirs, every
 * other role the people of their centre, and everybody where the account names none. Whose centre nobody knows is
 * everybody's, so that no result waits where nobody looks.
 * @param opened people whom they have opened by break-glass
 * @param now until when somebody counts as an inpatient is held against it
 */
export function rowsOf({ roles, centre, practitioner }: Post, opened: readonly string[], now: Date): Rows {
  const isAttending = roles.includes('attending-doctor');
  const isOfCentre = roles.some((role) => role !== 'attending-doctor');
  if (isOfCentre && centre === null) return EVERYBODY;
  return (column) => {
    const parts: [sql: string, values: readonly unknown[]][] = [];
    if (isOfCentre) {
      parts.push([`${column} IS NULL`, []]);
      parts.push([`EXISTS (SELECT 1 FROM ${ENCOUNTERS} ${column} AND rc.centre = ?)`, [centre]]);
      parts.push([`NOT EXISTS (SELECT 1 FROM ${ENCOUNTERS} ${column} AND rc.centre IS NOT NULL)`, []]);
    }
    if (isAttending && practitioner !== null) {
      const own = `rc.attending = ? AND (rc.until_at IS NULL OR rc.until_at > ?)`;
      parts.push([`EXISTS (SELECT 1 FROM ${ENCOUNTERS} ${column} AND ${own})`, [practitioner, now]]);
    }
    if (opened.length > 0) parts.push([`${column} IN (${placeholders(opened.length)})`, opened]);
    if (parts.length === 0) return { sql: '1 = 0', values: [] };
    return {
      sql: `(${parts.map(([sql]) => sql).join(' OR ')})`,
      values: parts.flatMap(([, values]) => values),
    };
  };
}
