#!/usr/bin/env node
import 'reflect-metadata';
import { runProgram } from './program.js';

await runProgram(process.argv.slice(2));
// A start that failed can leave connections open, which would keep the process waiting for nothing.
if (process.exitCode) process.stderr.write('', () => process.exit());
