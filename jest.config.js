export default {
  // Bare Node processes: what a spec file imports is compiled and loaded once a worker, not once a file.
  runner: ['jest-light-runner', { runtime: 'child_process' }],
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testRegex: '\\.(spec|e2e-spec)\\.ts$',
  // The processes load TypeScript themselves: test/support/from-sources.mjs.
  transform: {},
  maxWorkers: 2,
  setupFiles: [
    '<rootDir>/test/support/source-lines.ts',
    '<rootDir>/test/support/choose-database.ts',
    '<rootDir>/test/support/property-seed.ts',
  ],
  setupFilesAfterEnv: ['<rootDir>/test/support/time-limit.ts'],
};
