#!/usr/bin/env node
import 'reflect-metadata';
import { constants, setPriority } from 'node:os';
import { runProgram } from './program.js';

const words = process.argv.slice(2);
// Reads everybody beside a service at work: whatever else wants the processor comes first.
if (words[0] === 'rules' && words[1] === 'replay') setPriority(constants.priority.PRIORITY_LOW);
await runProgram(words);
// A start that failed can leave connections open, which would keep the process waiting for nothing.
if (process.exitCode) process.stderr.write('', () => process.exit());
