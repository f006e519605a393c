import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { AccountsService, type Role, StaffAddresses } from '../../src/accounts/index.js';
import { AssessmentEarlierEntity, AssessmentEntity } from '../../src/assessment/index.js';
import { newId } from '../../src/kernel/index.js';
import { OutboxEntity } from '../../src/messaging/index.js';
import { DataQualityEntity, PersonConflictEntity } from '../../src/people/index.js';
import { LoopEntity } from '../../src/tasks/index.js';
import { type TestApp } from './app.js';
import { BrowserSession, PASSWORD } from './browser-session.js';
import { type Desk, potassium } from './desk.js';

export const CENTRE = 'urn:hospital:centre';
export const STAFF = 'urn:hospital:staff';

/** Somebody with a call, and everything of theirs that has an id. */
export interface Someone {
  name: string;
  person: string;
  task: string;
  finding: string;
  message: string;
}

export interface Stay {
  /** Of `CENTRE`; none where it is left out. */
  centre?: string;
  /** Of `STAFF`: makes it an inpatient's. */
  doctor?: string;
  more?: Partial<fhir4.Encounter>;
}

/** An encounter of its own number; the same one again by `more.identifier`. */
export function encounterOf({ centre, doctor, more }: Stay): fhir4.Encounter {
  return {
    ...{ resourceType: 'Encounter', status: 'in-progress' },
    identifier: [{ system: 'urn:test:visit', value: randomUUID() }],
    class: { code: doctor === undefined ? 'AMB' : 'IMP' },
    ...(centre !== undefined && { serviceProvider: { identifier: { system: CENTRE, value: centre } } }),
    ...(doctor !== undefined && {
      participant: [
        {
          type: [{ coding: [{ code: 'ATND' }] }],
          individual: { identifier: { system: STAFF, value: doctor } },
        },
      ],
    }),
    ...more,
  };
}

/** A person of a centre, or a ward, whose potassium has to be told. */
export async function someone(desk: Desk, name: string, stay: Stay | null): Promise<Someone> {
  const records = stay === null ? [] : [encounterOf(stay)];
  const { id } = await desk.called([...records, potassium(7.1)], { name: [{ text: name }] });
  const task = await desk.wang.task(id);
  const person = task.person!.id;
  const finding = task.findings[0]!.id;
  return { name, person, task: id, finding, message: await onEveryList(desk.app, person, id, finding) };
}

/**
 * What every list has of somebody: a message, a recheck that is awaited, a level that moved, a doubt about a result, a
 * conflict of records. @returns the id of the message
 */
async function onEveryList(
  app: TestApp,
  personId: string,
  taskId: string,
  findingId: string,
): Promise<string> {
  const [id, assessmentId, other] = [newId(), newId(), newId()];
  const now = app.clock.now();
  const { manager } = app.nest.get(DataSource);
  const message: Partial<OutboxEntity> = {
    ...{ id, messageKey: id, channel: 'sms', template: 't', templateRevision: '1', language: 'zh' },
    ...{
      audience: 'staff',
      urgency: 'A',
      taskId,
      personId,
      addressHash: 'a',
      sealed: '',
      state: 'suppressed',
    },
    ...{ attempts: 1, createdAt: now, updatedAt: now },
  };
  await manager.insert(OutboxEntity, message);
  await manager.insert(LoopEntity, {
    ...{
      findingId,
      personId,
      taskId,
      state: 'awaiting',
      dueAt: now,
      version: 1,
      toldAt: now,
      updatedAt: now,
    },
  });
  const none = { reasons: [], notes: [], missingBasic: [], predictions: [] };
  const level = (code: string, version: number) => ({
    ...{ code, text: code, version, ruleSetVersion: 'v', assessedAt: now },
    content: JSON.stringify({ code, text: code, ...none }),
  });
  await manager.delete(AssessmentEntity, { personId });
  await manager.insert(AssessmentEntity, { id: assessmentId, personId, ...level('1', 2) });
  await manager.insert(AssessmentEarlierEntity, { assessmentId, ...level('3', 1) });
  await manager.insert(DataQualityEntity, {
    ...{ id, personId, observationId: other, component: 0, reason: 'no-time', detail: '', createdAt: now },
  });
  await manager.insert(PersonConflictEntity, {
    ...{ id, feedId: other, path: 'Patient', contentHash: id.slice(9), receivedAt: now },
    ...{ personIds: JSON.stringify([personId]), payload: Buffer.of(0) },
  });
  return id;
}

/** Somebody signed in who is limited to a centre, or to their own inpatients. */
export async function limited(
  app: TestApp,
  login: string,
  roles: readonly Role[],
  { centre, doctor }: { centre?: string; doctor?: string },
): Promise<BrowserSession> {
  const accounts = app.nest.get(AccountsService);
  const { id } = await accounts.create({
    ...{ login, roles, password: PASSWORD, seesSensitive: true },
    centre: centre === undefined ? null : `${CENTRE}|${centre}`,
  });
  if (doctor !== undefined) await app.nest.get(StaffAddresses).set(id, [], `${STAFF}|${doctor}`);
  const session = new BrowserSession(app);
  const { body } = await session.signIn(login);
  if (body.isPending) await session.setUpCodes();
  return session;
}
