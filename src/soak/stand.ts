import { createConnection, type RowDataPacket } from 'mysql2/promise';
import {
  type Cleanup,
  FhirClient,
  freshDatabase,
  freshFolder,
  PrivateMariadb,
  type Program,
  ServiceProcess,
  statement,
} from '../rig/index.js';

/** What may be killed, and comes back. */
export interface Victim {
  readonly name: string;
  readonly isRunning: boolean;
  kill(): Promise<void>;
  launch(): void;
  untilReady(): Promise<void>;
}

/** One instance of the service, with connections to send and to read through. */
export interface Door {
  service: ServiceProcess;
  sender: FhirClient;
  reader: FhirClient;
}

export interface StandSettings {
  db: 'sqlite' | 'mysql';
  /** Of the service, on one database. */
  instances: number;
  /**
   * A MySQL or MariaDB server that others use too: not it is killed, but its connections to our database. When left out, a
   * MariaDB of our own is started.
   */
  sharedServer?: string;
  /** What is run as the service; the built one when left out. */
  program?: Program;
  /** Connections to each instance. */
  connections: number;
}

/** Everything that a soak runs on. */
export interface Stand {
  doors: readonly Door[];
  databaseUrl: string;
  /** Null where the database is part of the service's process. */
  database: Victim | null;
}

/** Starts a database and the service's instances on it. @throws Error when one of them does not start */
export async function startStand(settings: StandSettings, cleanup: Cleanup): Promise<Stand> {
  const { instances, program, connections } = settings;
  const { url, database, folder } = await startDatabase(settings, cleanup);
  const services: ServiceProcess[] = [];
  for (let i = 1; i <= instances; i++) {
    const name = instances === 1 ? 'service' : `service ${i}`;
    const service = await ServiceProcess.create({
      databaseUrl: url,
      folder,
      name,
      ...(program && { program }),
    });
    cleanup.add(() => service.kill());
    service.launch();
    services.push(service);
  }
  await Promise.all(services.map((service) => service.untilReady()));
  const [feedKey, readKey] = await Promise.all([services[0]!.makeKey('feed'), services[0]!.makeKey('read')]);
  const doors = services.map((service) => ({
    service,
    sender: new FhirClient(service.port, feedKey, connections),
    reader: new FhirClient(service.port, readKey, connections),
  }));
  for (const { sender, reader } of doors) {
    cleanup.add(() => sender.close());
    cleanup.add(() => reader.close());
  }
  return { doors, databaseUrl: url, database };
}

async function startDatabase(
  { db, sharedServer }: StandSettings,
  cleanup: Cleanup,
): Promise<{ url: string; folder: string; database: Victim | null }> {
  if (db === 'sqlite' || sharedServer !== undefined) {
    const fresh = await freshDatabase(db, sharedServer ?? '');
    cleanup.addEvidence(fresh.folder, () => fresh.drop());
    const { url, folder } = fresh;
    return { url, folder, database: db === 'sqlite' ? null : connectionsTo(url) };
  }
  const { folder, remove } = freshFolder();
  cleanup.addEvidence(folder, remove);
  const server = await PrivateMariadb.create(folder);
  cleanup.add(() => server.kill());
  await server.start();
  await statement(server.url, 'CREATE DATABASE firstcall CHARACTER SET utf8mb4');
  return { url: `${server.url}/firstcall`, folder, database: server };
}

/** The connections to one database, as a victim: the server ends them all in the midst of what they do, and lives on. */
function connectionsTo(url: string): Victim {
  const kill = async (): Promise<void> => {
    const connection = await createConnection(url);
    try {
      const [found] = await connection.query<RowDataPacket[]>(
        'SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()',
      );
      for (const { id } of found as { id: number }[]) {
        // Some have ended meanwhile.
        await connection.query('KILL ?', [id]).catch(() => undefined);
      }
    } finally {
      await connection.end();
    }
  };
  return {
    name: 'connections',
    isRunning: true,
    kill,
    launch: () => undefined,
    untilReady: () => Promise.resolve(),
  };
}
