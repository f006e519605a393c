/** A call as it is kept. */
export interface ContactShown {
  id: string;
  taskId: string;
  personId: string | null;
  status: 'completed' | 'in-progress' | 'not-done';
  channel: 'phone' | 'message' | 'in-person';
  outcome: string;
  answeredBy: string | null;
  readBack: string;
  actor: string;
  at: Date;
  updatedAt: Date;
  told: readonly { findingId: string; sentence: { zh: string; en: string } }[];
}

const MODES = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationMode';
const MEDIUM = {
  phone: { system: MODES, code: 'PHONE', display: '电话 telephone' },
  message: { system: MODES, code: 'ELECTRONIC', display: '消息 message' },
  'in-person': { system: MODES, code: 'FACE', display: '当面 face-to-face' },
} as const;

/** 联系记录 as a Communication: whom, by what, with what outcome, and what was told. No number, no note. */
export function renderContact(contact: ContactShown): fhir4.Communication {
  const { id, taskId, personId, status, channel, outcome, answeredBy, readBack, told } = contact;
  return {
    resourceType: 'Communication',
    id,
    meta: { lastUpdated: contact.updatedAt.toISOString() },
    identifier: [{ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` }],
    basedOn: [{ reference: `Task/${taskId}` }],
    status,
    statusReason: { coding: [{ system: 'urn:firstcall:contact', code: outcome }], text: outcome },
    category: [{ text: readBack === 'matched' ? '已复述 read back' : '通知 notification' }],
    medium: [{ coding: [MEDIUM[channel]] }],
    ...(personId !== null && { subject: { reference: `Patient/${personId}` } }),
    ...(told.length > 0 && {
      about: told.map(({ findingId }) => ({ reference: `DetectedIssue/${findingId}` })),
    }),
    sent: contact.at.toISOString(),
    ...recipient(answeredBy, personId),
    sender: { identifier: { system: 'urn:firstcall:user', value: contact.actor.replace(/^\w+:/, '') } },
    ...(told.length > 0 && { payload: told.map(({ sentence }) => ({ contentString: sentence.zh })) }),
  };
}

function recipient(
  answeredBy: string | null,
  personId: string | null,
): Pick<fhir4.Communication, 'recipient'> {
  if (answeredBy === 'self' && personId !== null)
    return { recipient: [{ reference: `Patient/${personId}` }] };
  return answeredBy === null ? {} : { recipient: [{ display: answeredBy }] };
}
