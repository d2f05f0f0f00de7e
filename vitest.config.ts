import { configDefaults, defineConfig } from 'vitest/config'

/** What decides on a database: these suites run on PGlite and, once more, on a real PostgreSQL. */
const ON_BOTH_DATABASES = [
  'packages/ledger/src/{decide,decide-once,contention,tamper,model}.test.ts',
  'packages/ledger/src/database/database.test.ts',
  'packages/server/src/{merchants,consumers,registrations,imports,payments,payment-requests,qr}/**/*.test.ts',
]

const shared = { testTimeout: 60_000, hookTimeout: 60_000, exclude: [...configDefaults.exclude, '**/dist/**'] }

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'main',
          include: ['packages/*/src/**/*.test.ts', 'examples/*/**/*.test.ts', 'test/**/*.test.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'postgres',
          include: ON_BOTH_DATABASES,
          globalSetup: ['test/setup/postgres.ts'],
          setupFiles: ['test/setup/postgres-url.ts'],
        },
      },
    ],
  },
})
