import { type KeptEvent } from '../../access/audit/domain/chain.js';

const IS_REFUSED = /refused$|blocked$|without code$/;
/** FHIR's CRUDE, by the first word of our action; what is neither read nor change is done (E). */
const READS = /^(read|search|history|print|contacts|identify)\b/;
const SESSIONS = /^(sign-|set-up|second factor|password)/;
const TYPES = 'http://terminology.hl7.org/CodeSystem/audit-event-type';
const DICOM = 'http://dicom.nema.org/resources/ontology/DCM';
const NETWORK_BY_ADDRESS = '2';

/** 审计 as an AuditEvent: who, as what, did what, when, to whom, from where; names nobody it is about. */
export function renderAuditEvent(event: KeptEvent): fhir4.AuditEvent {
  const { id, at, actor, role, action, personId, subject, reason, source, detail } = event;
  const isSession = SESSIONS.test(action);
  const isReading = READS.test(action);
  return {
    resourceType: 'AuditEvent',
    id,
    type: isSession
      ? { system: DICOM, code: '110114', display: 'User Authentication' }
      : { system: TYPES, code: 'rest', display: 'RESTful Operation' },
    subtype: [{ system: 'urn:firstcall:audit', code: action.replaceAll(' ', '-'), display: action }],
    action: isSession ? 'E' : isReading ? 'R' : 'U',
    recorded: at.toISOString(),
    outcome: IS_REFUSED.test(action) ? '4' : '0',
    ...(detail !== '' && { outcomeDesc: detail }),
    ...(reason !== null && {
      purposeOfEvent: [{ coding: [{ system: 'urn:firstcall:reason', code: reason }] }],
    }),
    agent: [
      {
        ...(role !== null && { role: role.split(' ').map(roleOf) }),
        who: { identifier: { system: 'urn:firstcall:actor', value: actor } },
        requestor: true,
        ...(source !== null && { network: { address: source, type: NETWORK_BY_ADDRESS } }),
      },
    ],
    source: { observer: { display: 'Firstcall 第一时间' } },
    ...entities(personId, subject),
  };
}

function roleOf(code: string): fhir4.CodeableConcept {
  return { coding: [{ system: 'urn:firstcall:role', code }] };
}

function entities(personId: string | null, subject: string | null): Pick<fhir4.AuditEvent, 'entity'> {
  const entity: fhir4.AuditEventEntity[] = [];
  if (personId !== null) entity.push({ what: { reference: `Patient/${personId}` } });
  if (subject !== null)
    entity.push({ what: { identifier: { system: 'urn:firstcall:kept', value: subject } } });
  return entity.length === 0 ? {} : { entity };
}
