import { type QueryRunner, type Table } from 'typeorm';

/**
 * MySQL and MariaDB commit at every statement that changes the schema, so that a start which is killed leaves its
 * migration half done. The next start runs the same migration again: through this, a table, index or column that it
 * finds there is passed over. What else a migration does it must be able to do twice.
 */
export function passOverDoneSteps(runner: QueryRunner): QueryRunner {
  const createTable = runner.createTable.bind(runner);
  const createIndex = runner.createIndex.bind(runner);
  const addColumn = runner.addColumn.bind(runner);
  const found = (table: Table | string): Promise<Table | undefined> =>
    runner.getTable(typeof table === 'string' ? table : table.name);
  runner.createTable = (table) => createTable(table, true);
  runner.createIndex = async (table, index) => {
    const isDone = (await found(table))?.indices.some(({ name }) => name === index.name);
    if (!isDone) await createIndex(table, index);
  };
  runner.addColumn = async (table, column) => {
    const isDone = (await found(table))?.columns.some(({ name }) => name === column.name);
    if (!isDone) await addColumn(table, column);
  };
  return runner;
}
