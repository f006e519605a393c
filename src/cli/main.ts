#!/usr/bin/env node
import 'reflect-metadata';
import { runProgram } from './program.js';

await runProgram(process.argv.slice(2));
