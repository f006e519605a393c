import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { AccountsService, type Role, StaffAddresses } from '../../src/accounts/index.js';
import { EscalationService } from '../../src/escalation/index.js';
import { TaskEventEntity } from '../../src/tasks/index.js';
import { PASSWORD } from './browser-session.js';
import { type TestApp } from './app.js';
import { type OwnRules } from './own-rules.js';

/** Writes who is on duty into a folder of rules: role → sign-in names, all week and all day. */
export function writeRota({ folder }: OwnRules, rota: Readonly<Record<string, readonly string[]>>): void {
  const path = join(folder, 'notification/policy.yaml');
  const names = Object.entries(rota).map(
    ([role, users]) => `${role}: [${users.map((user) => `{ user: ${user} }`).join(', ')}]`,
  );
  writeFileSync(path, readFileSync(path, 'utf8').replace(/^rota: .*$/m, `rota: { ${names.join(', ')} }`));
}

/** Writes the route of people who came for a checkup: `{ to: person, by: phone }, { to: family, by: message }`. */
export function writeRoute({ folder }: OwnRules, steps: string): void {
  const path = join(folder, 'notification/policy.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace(/^ {2}checkup: .*$/m, `  checkup: [${steps}]`));
}

/** What reaches a member of staff. */
export interface Reached {
  sms?: string;
  webhook?: string;
  practitioner?: string;
}

/** An account that messages reach; its id. */
export async function member(app: TestApp, login: string, role: Role, reached: Reached): Promise<string> {
  const { id } = await app.nest.get(AccountsService).create({ login, roles: [role], password: PASSWORD });
  await reach(app, id, reached);
  return id;
}

export function reach(app: TestApp, id: string, { practitioner, ...by }: Reached): Promise<void> {
  const addresses = (['sms', 'webhook'] as const).flatMap((channel) => {
    const address = by[channel];
    return address === undefined ? [] : { channel, address, language: 'zh' as const };
  });
  return app.nest.get(StaffAddresses).set(id, addresses, practitioner ?? null);
}

export function ask(app: TestApp): Promise<number> {
  return app.nest.get(EscalationService).askDue();
}

export function route(app: TestApp): Promise<number> {
  return app.nest.get(EscalationService).routeDue();
}

/** What happened to a task, first to last: act, and what is told of it. */
export async function history(
  app: TestApp,
  taskId: string,
): Promise<(TaskEventEntity & { told: Record<string, unknown> })[]> {
  const events = await app.nest
    .get(DataSource)
    .getRepository(TaskEventEntity)
    .find({ where: { taskId }, order: { id: 'ASC' } });
  return events.map((event) => ({
    ...event,
    told: JSON.parse(event.detail ?? '{}') as Record<string, unknown>,
  }));
}

/** The roles that were asked, in order. */
export async function askedRoles(app: TestApp, taskId: string): Promise<string[]> {
  const events = await history(app, taskId);
  return events.flatMap(({ action, told }) => (action === 'escalated' ? String(told.role) : []));
}
