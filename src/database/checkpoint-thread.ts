import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

/**
 * The thread of checkpoints.ts: copies the log of a SQLite database into its file when it is asked to, and says so when
 * it has. PASSIVE waits for nobody and holds nobody up: what is still being read stays in the log.
 * `null` ends it.
 */
const connection = new Database(workerData as string, { fileMustExist: true, timeout: 0 });
connection.pragma('synchronous = FULL');
const port = parentPort!;

port.on('message', (message: unknown) => {
  if (message !== null) {
    connection.pragma('wal_checkpoint(PASSIVE)');
    port.postMessage('done');
    return;
  }
  connection.close();
  port.close();
});
