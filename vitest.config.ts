import { configDefaults, defineConfig } from 'vitest/config'

/** Packages that touch nothing outside themselves: their files share a worker. */
const PURE = ['packages/{money,proof,identity,qr,contract}/src/**/*.test.ts']

/** Threads share what the machine has compiled, the database's WebAssembly before all: a fifth less than processes take. */
const PACKAGES = ['packages/*/src/**/*.test.ts']

/** Of several packages. Many start programs, which is slow from a process as large as that of the threads. */
const WHOLE = ['examples/*/**/*.test.ts', 'test/**/*.test.ts']

const LEDGER_ON_DATABASES = [
  'packages/ledger/src/{decide,decide-once,next-batch,contention,tamper,model,log-signer,log-epochs}.test.ts',
  'packages/ledger/src/reads/*.test.ts',
  'packages/ledger/src/database/{database,durability}.test.ts',
]

/** What else decides on a database. PGlite is PostgreSQL 18: these run once more only on another version. */
const SERVER_ON_DATABASES = [
  'packages/server/src/{merchants,consumers,registrations,agents,sync,documents,imports,payments,payment-requests,qr,qr-codes,aliases,portability,screening,cases,monitoring}/**/*.test.ts',
]

const shared = { testTimeout: 60_000, hookTimeout: 60_000 }
const exclude = [...configDefaults.exclude, '**/dist/**']

export default defineConfig({
  test: {
    maxWorkers: '100%', // the default leaves a core idle
    projects: [
      { test: { ...shared, name: 'pure', include: PURE, exclude, isolate: false } },
      { test: { ...shared, name: 'main', include: PACKAGES, exclude: [...exclude, ...PURE], pool: 'threads' } },
      { test: { ...shared, name: 'whole', include: WHOLE, exclude } },
      {
        test: {
          ...shared,
          name: 'postgres',
          pool: 'threads',
          include: process.env['PISTO_DATABASE_URL']
            ? [...LEDGER_ON_DATABASES, ...SERVER_ON_DATABASES]
            : LEDGER_ON_DATABASES,
          exclude,
          globalSetup: ['test/setup/postgres.ts'],
          setupFiles: ['test/setup/postgres-url.ts'],
        },
      },
    ],
  },
})
