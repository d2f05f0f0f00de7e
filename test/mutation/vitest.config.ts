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
    exclude: ['**/*.{mutation,size}.test.ts', '**/independent.test.ts'], // thousands of cases each: they would take hours
    isolate: false,
    testTimeout: 60_000,
  },
})
