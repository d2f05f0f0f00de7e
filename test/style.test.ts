import { globSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** Source that runs in production: no tests, no builders for tests, nothing generated. */
const files = ['packages', 'examples']
  .flatMap((root) => readdirSync(root).map((name) => `${root}/${name}/src`))
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`))
  .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|\.generated\.ts$|\/testing\//.test(path))

/** The code without comments: a docstring may name what the code must not use. */
const code = new Map(
  files.map((path) => [
    path,
    readFileSync(path, 'utf8')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/^\s*\/\/.*$/gm, ''),
  ]),
)

const using = (pattern: RegExp): string[] => files.filter((path) => pattern.test(code.get(path) ?? '')).sort()

describe('what comes in as a parameter has one home', () => {
  it.each<[what: string, pattern: RegExp, homes: string[]]>([
    [
      'the machine’s clock',
      /\bDate\.now\(|new Date\(\)/,
      [
        'examples/bank-backend/src/platform/clock.ts',
        'packages/cli/src/terminal.ts',
        'packages/sdk/src/runtime.ts',
        'packages/server/src/platform/runtime/clock.ts',
      ],
    ],
    ['Math.random', /\bMath\.random\b/, []],
    ['console', /\bconsole\./, []],
    ['float parsing', /\bparseFloat\(/, []],
    ['time in SQL', /\b(now\(\)|current_timestamp|clock_timestamp)\b(?=[^\n]*`)/i, []],
  ])('%s', (_what, pattern, homes) => {
    expect(using(pattern)).toEqual(homes)
  })

  it('the environment is read in one file of each package that reads it', () => {
    const readers = using(/process\.env\b|\benv\b.*from 'node:process'/)
    const packages = readers.map((path) => path.split('/').slice(0, 2).join('/'))
    expect(new Set(packages).size, readers.join(' ')).toBe(packages.length)
  })
})

describe('what the field calls by its name', () => {
  it('has no switched-off tests and nothing left to do', () => {
    expect(using(/\b(TODO|FIXME|XXX|HACK)\b/)).toEqual([])
    // Other tests write to node_modules and to dist meanwhile: neither is walked into.
    const tests = globSync('**/*.test.ts', {
      exclude: ['**/node_modules', '**/dist', '**/tmp', '**/.git', 'test/style.test.ts'],
    })
    expect(tests.length).toBeGreaterThan(100)
    expect(tests.filter((path) => /\b(it|test|describe)\.(only|skip|todo)\b/.test(readFileSync(path, 'utf8')))).toEqual(
      [],
    )
  })

  it('half of the files have at most 120 lines', () => {
    const lengths = files.map((path) => readFileSync(path, 'utf8').split('\n').length).sort((a, b) => a - b)
    expect(lengths[lengths.length >> 1]).toBeLessThanOrEqual(120)
  })

  it('index.ts is only a package’s door', () => {
    expect(files.filter((path) => /\/src\/.+\/index\.ts$/.test(path))).toEqual([
      'packages/ledger/src/database/index.ts',
    ])
  })
})

/** Every capability of the server, and the roles that its files may have. */
const CAPABILITIES = [
  'accounts',
  'agents',
  'aliases',
  'cases',
  'consumers',
  'documents',
  'events',
  'imports',
  'log',
  'members',
  'merchants',
  'monitoring',
  'payment-requests',
  'payments',
  'phone-changes',
  'policies',
  'portability',
  'qr',
  'qr-codes',
  'reports',
  'sandbox',
  'screening',
  'service',
  'sync',
  'sessions',
  'tenants',
  'transactions',
]

it.each(CAPABILITIES)('the capability %s has its handlers in handlers.ts', (name) => {
  expect(files).toContain(`packages/server/src/${name}/handlers.ts`)
})

it('every folder of the server is a capability, or the platform and what capabilities share', () => {
  const folders = readdirSync('packages/server/src', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  expect(folders.sort()).toEqual([...CAPABILITIES, 'operators', 'platform', 'registrations', 'testing'].sort())
})
