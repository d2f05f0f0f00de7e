import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The quick tests of what is mutated: none opens a database. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: [
      'packages/{money,proof}/src/**/*.test.ts',
      'packages/ledger/src/{decide-effects,exchange}.test.ts',
      'packages/ledger/src/limits/limit-counter.test.ts',
    ],
    isolate: false,
    testTimeout: 30_000,
  },
})
