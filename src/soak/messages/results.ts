import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ServiceProcess } from '../../rig/index.js';
import { type Random } from '../../sample/index.js';

/** Who is asked in turn, and the number that each is reached by. */
export const STAFF = [
  { role: 'head-nurse', sms: '13900000001' },
  { role: 'duty-doctor', sms: '13900000002' },
  { role: 'manager', sms: '13900000003' },
] as const;
const MINUTE_MS = 60_000;
/** From a result to the last step of its ladder. */
export const LADDER_MS = STAFF.length * MINUTE_MS;
const POST_TRIES = 600;
const POST_WITHIN_MS = 5000;

/** When the next role is asked of a call that nobody makes: one a minute. */
export function stepAt(since: Date, step: number): Date {
  return new Date(since.getTime() + (step + 1) * MINUTE_MS);
}

/** A copy of the rules whose class A goes up the ladder within minutes. @returns its folder */
export function quickRules(folder: string): string {
  const rules = join(folder, 'rules');
  cpSync('rules', rules, { recursive: true });
  const path = join(rules, 'notification/policy.yaml');
  const steps = STAFF.map(({ role }, i) => `    - { role: ${role}, after_minutes: ${i + 1} }\n`).join('');
  const policy = readFileSync(path, 'utf8').replace(
    /(\n {2}A:\n {4}- \{ role: nurse, after_minutes: 0 \}\n)(?: {4}- .*\n)+/,
    `$1${steps}`,
  );
  if (!policy.includes(steps)) throw new Error('the policy has no ladder of class A where it was');
  writeFileSync(path, policy);
  return rules;
}

/** Whoever is asked has an account and a number. @throws Error with what the command said */
export async function addStaff(service: ServiceProcess): Promise<void> {
  for (const { role, sms } of STAFF)
    for (const words of [['add', '--name', role, '--role', role], ['reach', role, '--sms', sms]]) {
      const { code, err } = await service.command('users', ...words);
      if (code !== 0) throw new Error(`users ${words[0]!}: ${err.slice(-500)}`);
    } // prettier-ignore
}

/** Sends potassium of class A, a new person each, to some instance until one that lives acknowledges it. */
export class Results {
  /** How many persons have been acknowledged: each has one call that somebody must be asked to make. */
  acknowledged = 0;
  #sent = 0;

  constructor(
    private readonly services: readonly ServiceProcess[],
    private readonly key: string,
    private readonly random: Random,
  ) {}

  async send(): Promise<void> {
    const n = ++this.#sent;
    const body = JSON.stringify(bundle(n, new Date()));
    for (let attempt = 0; attempt < POST_TRIES; attempt++) {
      const { port } = this.random.pick(this.services);
      try {
        const answer = await fetch(`http://127.0.0.1:${port}/fhir`, {
          method: 'POST',
          body,
          headers: { 'content-type': 'application/fhir+json', authorization: `Bearer ${this.key}` },
          signal: AbortSignal.timeout(POST_WITHIN_MS),
        });
        if (answer.ok) {
          this.acknowledged++;
          return;
        }
        if (answer.status < 500) throw new Refused(`${answer.status} ${await answer.text()}`);
      } catch (error) {
        if (error instanceof Refused) throw error;
        // It was killed: the same again, to whoever is there.
      }
      await sleep(200);
    }
    throw new Error('a result was taken by nobody');
  }
}

class Refused extends Error {}

function bundle(n: number, now: Date): fhir4.Bundle {
  const patient: fhir4.Patient = {
    resourceType: 'Patient',
    identifier: [{ system: 'urn:soak:person', value: `S${n}` }],
    name: [{ text: `测试${n}` }],
    birthDate: '1970-01-01',
    gender: 'male',
    telecom: [{ system: 'phone', value: '13800000000' }],
  };
  const result: fhir4.Observation = {
    resourceType: 'Observation',
    status: 'final',
    identifier: [{ system: 'urn:soak:order', value: `O${n}` }],
    code: { coding: [{ system: 'http://loinc.org', code: '2823-3' }] },
    subject: { reference: 'urn:uuid:00000000-0000-4000-8000-000000000001' },
    effectiveDateTime: now.toISOString(),
    issued: now.toISOString(),
    valueQuantity: { value: 7.4, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
  };
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000001',
        resource: patient,
        request: {
          method: 'POST',
          url: 'Patient',
          ifNoneExist: `identifier=urn:soak:person|S${n}`,
        },
      },
      { resource: result, request: { method: 'POST', url: 'Observation' } },
    ],
  };
}
