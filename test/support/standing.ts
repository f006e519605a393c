import { DataSource } from 'typeorm';
import { FindingEntity } from '../../src/assessment/index.js';
import { DataQualityEntity, PersonEntity } from '../../src/people/index.js';
import { TaskEntity, TaskFindingEntity } from '../../src/tasks/index.js';
import { type TestApp } from './app.js';

type Evidence = { at: string; sentence: { zh: string } };

/**
 * What stands of everybody, without ids: two services that should have come to the same end compare equal. People are
 * told apart by their names, results by what is said of them and when.
 */
export async function standing(app: TestApp): Promise<string[]> {
  const { manager } = app.nest.get(DataSource);
  const names = new Map((await manager.find(PersonEntity)).map(({ id, name }) => [id, name ?? '']));
  const nameOf = (personId: string | null): string =>
    personId === null ? 'nobody' : (names.get(personId) ?? '?');
  const findings = await manager.find(FindingEntity);
  const inWords = (one: FindingEntity): string => {
    const { at, sentence } = JSON.parse(one.evidence) as Evidence;
    const { ruleId, component, kind, status, urgency, disposition, dispositionReason } = one;
    const whom = `${disposition} ${dispositionReason}`;
    return `${nameOf(one.personId)}: ${ruleId} ${component} ${at} ${kind} ${status} ${urgency} ${whom} ${sentence.zh}`;
  };
  const byId = new Map(findings.map((one) => [one.id, one]));
  const links = await manager.find(TaskFindingEntity);
  const tasks = (await manager.find(TaskEntity)).filter(({ openKey }) => openKey !== null);
  const items = await manager.find(DataQualityEntity);
  return [
    ...findings.filter(({ status }) => status !== 'retracted').map(inWords),
    ...tasks.map((task) => {
      const held = links
        .filter(({ taskId }) => taskId === task.id)
        .map(({ findingId }) => byId.get(findingId)!);
      const said = [byId.get(task.reasonFindingId)!, ...held].map(({ ruleId }) => ruleId).sort();
      return `${nameOf(task.personId)}: ${task.code} ${task.urgency} ${task.dueAt.toISOString()} ${said.join()}`;
    }),
    ...items.map(
      ({ personId, component, reason, detail }) => `${nameOf(personId)}: ${component} ${reason} ${detail}`,
    ),
  ].sort();
}

/** Every row of what judging writes, word for word. */
export async function rowsOf(app: TestApp): Promise<unknown> {
  const { manager } = app.nest.get(DataSource);
  const order = { order: { id: 'ASC' } } as const;
  return [
    await manager.find(FindingEntity, order),
    await manager.find(TaskEntity, order),
    await manager.find(TaskFindingEntity, { order: { taskId: 'ASC', findingId: 'ASC' } }),
    await manager.find(DataQualityEntity, order),
  ];
}
