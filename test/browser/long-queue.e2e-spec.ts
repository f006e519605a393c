import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { FindingEntity } from '../../src/assessment/index.js';
import { PersonEntity } from '../../src/people/index.js';
import { TaskEntity, TaskFindingEntity } from '../../src/tasks/index.js';
import { BrowserDesk, RECENT } from '../support/browser-desk.js';
import { describeInBrowser } from '../support/built-pages.js';
import { observation } from '../support/messages.js';

const OPEN_TASKS = 10_000;
/** What fits into the window, and what is kept ready above and below it. */
const MOST_ROWS = 60;
/** A page of the queue. */
const PAGE = 50;

describeInBrowser(`the queue page with ${OPEN_TASKS} open tasks`, () => {
  let desk: BrowserDesk;
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    await desk.send('李建国', [observation({ wbc: 2.1 }, RECENT)]);
    await fill(desk.app.nest.get(DataSource));
  }, 120_000);
  afterAll(() => desk?.close());

  it('asks for and draws what is looked at, however many wait', async () => {
    const { page, complaints } = await desk.signedIn('wang', '王秀兰', ['nurse']);
    const asked: string[] = [];
    page.on('request', (request) => {
      const { pathname, search } = new URL(request.url());
      if (pathname === '/api/queue') asked.push(search);
    });
    const rows = page.locator('[role=row]');
    const grid = page.locator('[role=grid]');
    const active = () => grid.getAttribute('aria-activedescendant');
    await page.goto('/queue');
    await rows.nth(5).waitFor();
    expect(await grid.getAttribute('aria-rowcount')).toBe(String(OPEN_TASKS));
    expect(await rows.count()).toBeLessThanOrEqual(MOST_ROWS);
    expect(asked.length).toBeLessThanOrEqual(2);
    const seen = new Set<string | null>();
    for (let step = 0; step < PAGE + 20; step++) {
      await page.keyboard.press('j');
      seen.add(await active());
    }
    // Each key moved on by one, beyond the first page; and what was left behind is not kept.
    expect(seen.size).toBe(PAGE + 20);
    expect(await rows.count()).toBeLessThanOrEqual(MOST_ROWS);
    expect(asked.length).toBeLessThanOrEqual(5);
    expect(complaints).toEqual([]);
  }, 120_000);
});

/** Copies of the one person with their finding and task. */
async function fill({ manager }: DataSource): Promise<void> {
  const one = async <T extends ObjectLiteral>(entity: EntityTarget<T>): Promise<T> =>
    (await manager.find(entity, { take: 1 }))[0]!;
  const [person, finding, task, link] = [
    await one(PersonEntity),
    await one(FindingEntity),
    await one(TaskEntity),
    await one(TaskFindingEntity),
  ];
  for (let from = 1; from < OPEN_TASKS; from += 500) {
    const ids = Array.from({ length: Math.min(500, OPEN_TASKS - from) }, (_, i) => `copy-${from + i}`);
    await manager.insert(
      PersonEntity,
      ids.map((id, i) => ({ ...person, id, name: `受检者${from + i}` })),
    );
    await manager.insert(
      FindingEntity,
      ids.map((id) => ({ ...finding, id, personId: id })),
    );
    await manager.insert(
      TaskEntity,
      ids.map((id) => ({ ...task, id, personId: id, openKey: `notify:${id}`, reasonFindingId: id })),
    );
    await manager.insert(
      TaskFindingEntity,
      ids.map((id) => ({ ...link, taskId: id, findingId: id })),
    );
  }
}
