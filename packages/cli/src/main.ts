#!/usr/bin/env node
/** The `pisto` command. */
import process from 'node:process'
import { run } from './program.ts'
import { processTerminal } from './terminal.ts'

process.exitCode = await run(process.argv.slice(2), processTerminal())
