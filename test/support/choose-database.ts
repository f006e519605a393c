/**
 * Runs before any module of ours loads, because column types depend on the database: `TEST_DATABASE=mysql` runs every
 * test on MySQL or MariaDB at `TEST_MYSQL_URL`, otherwise on SQLite.
 */
process.env.TEST_MYSQL_URL ??= 'mysql://root@127.0.0.1:3306';
process.env.DATABASE_URL =
  process.env.TEST_DATABASE === 'mysql' ? `${process.env.TEST_MYSQL_URL}/none` : 'sqlite:none';
process.env.SECRET_KEY ??= 'a secret key for tests, nothing else';
