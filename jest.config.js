import { availableParallelism } from 'node:os';

export default {
  // Bare Node processes: what a spec file imports is compiled and loaded once a worker, not once a file.
  runner: ['jest-light-runner', { runtime: 'child_process' }],
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testRegex: '\\.(spec|e2e-spec)\\.ts$',
  // The processes load TypeScript themselves: test/support/from-sources.mjs.
  transform: {},
  // Each holds the whole service, and a browser at times.
  maxWorkers: Math.min(6, Math.max(2, availableParallelism() - 1)),
  setupFiles: [
    '<rootDir>/test/support/source-lines.ts',
    '<rootDir>/test/support/choose-database.ts',
    '<rootDir>/test/support/property-seed.ts',
  ],
  setupFilesAfterEnv: ['<rootDir>/test/support/time-limit.ts'],
};
