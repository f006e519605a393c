import { Option } from 'commander';

/** `--db`: on which database something is tried. */
export function databaseOption(): Option {
  return new Option('--db <kind>', 'database').choices(['sqlite', 'mysql']).default('sqlite');
}

/** `--url`: the server (not schema) on which fresh schemas are made. */
export function serverOption(): Option {
  const server = process.env['TEST_MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306';
  return new Option('--url <mysql-url>', 'MySQL or MariaDB server').default(server);
}
