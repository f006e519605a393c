import { type SealedColumn } from '../secrets/index.js';
import { phoneTail, tailKey } from './domain/phone-tail.js';
import { LARGEST_PART } from './message.store.js';

/** What this room seals. */
export const SEALED_PEOPLE: readonly SealedColumn[] = [
  {
    ...{ table: 'person', column: 'resource', form: 'bytes' },
    context: ({ id }) => `person ${id as string}`,
  },
  {
    ...{ table: 'person_contact', column: 'value_sealed', form: 'text', also: ['person_id', 'system'] },
    context: ({ person_id: personId }) => `contact ${personId as string}`,
    hashColumns: ['value_hash', 'tail_hash'],
    hashes: ({ system }, plain, vault) => {
      const value = plain.toString();
      const tail = phoneTail(system as string, value);
      return {
        value_hash: vault.searchHash(value),
        tail_hash: tail === null ? '' : vault.searchHash(tailKey(tail)),
      };
    },
  },
  {
    ...{ table: 'message', column: 'payload', form: 'bytes' },
    context: ({ id }) => `message ${id as string}`,
    rest: { table: 'message_part', owner: 'message_id', bytes: LARGEST_PART },
  },
  {
    ...{ table: 'person_conflict', column: 'payload', form: 'bytes' },
    context: ({ id }) => `conflict ${id as string}`,
  },
];
