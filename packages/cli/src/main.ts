#!/usr/bin/env node
/** The `pisto` command. */
import { enableCompileCache } from 'node:module'
import process from 'node:process'

enableCompileCache() // before anything else is loaded: starts are quicker from the second on

const [{ run }, { processTerminal }] = await Promise.all([import('./program.ts'), import('./terminal.ts')])
process.exitCode = await run(process.argv.slice(2), processTerminal())
