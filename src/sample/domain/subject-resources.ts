import { type Checkup, SYSTEMS } from './checkup.js';
import { type Client, type Employer } from './client.js';
import { chinaTime, HOUR } from './moment.js';
import { type Encounter, type Organization, type Patient, type Specimen } from './r4.js';

const IDENTIFIER_TYPE = 'http://terminology.hl7.org/CodeSystem/v2-0203';

/** The person as the checkup system knows them: file number, identity number, mobile phone, employer. */
export function patientOf(client: Client, employerUrl: string | null): Patient {
  return {
    resourceType: 'Patient',
    identifier: [
      { use: 'usual', system: SYSTEMS.client, value: client.serial },
      {
        use: 'official',
        type: { coding: [{ system: IDENTIFIER_TYPE, code: 'NI' }], text: '居民身份证' },
        system: SYSTEMS.identity,
        value: client.identityNumber,
      },
    ],
    active: true,
    name: [
      { use: 'official', text: client.name.text, family: client.name.family, given: [client.name.given] },
    ],
    telecom: [{ system: 'phone', value: client.mobile, use: 'mobile' }],
    gender: client.sex,
    birthDate: client.birthDate,
    ...(employerUrl ? { managingOrganization: { reference: employerUrl } } : {}),
  };
}

export function employerOf(employer: Employer): Organization {
  return {
    resourceType: 'Organization',
    identifier: [{ system: SYSTEMS.employer, value: employer.code }],
    active: true,
    name: employer.name,
  };
}

/** The visit: an Encounter of the type health checkup, identified by the checkup number. */
export function encounterOf(checkup: Checkup, patientUrl: string): Encounter {
  return {
    resourceType: 'Encounter',
    identifier: [{ system: SYSTEMS.checkup, value: checkup.number }],
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    type: [
      {
        coding: [{ system: 'http://snomed.info/sct', code: '185349003', display: 'Encounter for check up' }],
        text: '健康体检',
      },
    ],
    subject: { reference: patientUrl },
    period: { start: chinaTime(checkup.drawnAt), end: chinaTime(checkup.drawnAt + 2 * HOUR) },
  };
}

/** The tube of blood, drawn before breakfast. */
export function fastingSpecimenOf(checkup: Checkup, patientUrl: string): Specimen {
  return {
    resourceType: 'Specimen',
    type: { text: '血清' },
    subject: { reference: patientUrl },
    collection: {
      collectedDateTime: chinaTime(checkup.drawnAt),
      fastingStatusCodeableConcept: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0916', code: 'F' }],
        text: '空腹',
      },
    },
  };
}
