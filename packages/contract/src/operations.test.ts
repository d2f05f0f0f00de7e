import { expect, expectTypeOf, it } from 'vitest'
import type { Operation, OperationInput, OperationOutput } from './operation.ts'
import { OPERATIONS } from './operations.ts'
import type { Payment } from './payments.ts'

const operations: Operation[] = Object.values(OPERATIONS).flatMap((resource) => Object.values(resource))
const named = operations.map((entry) => [entry.id, entry] as const)

it('has each operation under its own id, once', () => {
  const keys = Object.values(OPERATIONS).flatMap((resource) => Object.keys(resource))
  expect(operations.map(({ id }) => id)).toEqual(keys)
  expect(new Set(keys).size).toBe(keys.length)
})

it('has each method and path once, whatever the parameters are called', () => {
  const routes = operations.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+/g, '{')}`)
  expect(routes.filter((route, index) => routes.indexOf(route) !== index)).toEqual([])
})

it.each(named)(
  '%s is consistent',
  (_id, { method, path, scope, sandboxOnly, idempotencyKey, problems, body, summary }) => {
    expect(path).toMatch(/^\/(?:[a-z0-9.-]+|\{[a-zA-Z]+\*?\})(?:\/(?:[a-z0-9.-]+|\{[a-zA-Z]+\*?\}))*$/)
    if (scope !== 'public') expect(path.startsWith('/v1/'), 'what is not public has a version').toBe(true)
    expect(sandboxOnly === true, 'the sandbox has its own paths').toBe(path.startsWith('/v1/sandbox/'))
    expect(problems.includes('idempotency_key_required'), 'money needs a key').toBe(idempotencyKey === 'required')
    expect(new Set(problems).size, 'each problem once').toBe(problems.length)
    if (method === 'GET') expect([idempotencyKey, body], 'a GET has no effect').toEqual([undefined, undefined])
    if (scope.endsWith(':write') && method === 'POST' && !sandboxOnly) expect(idempotencyKey).toBeDefined()
    expect(summary).toMatch(/^[A-Z].*[^.]$/s)
  },
)

it.each(named.filter(([id]) => id.startsWith('list')))('%s is a list: a limit, a cursor, pages', (_id, entry) => {
  expect(entry.method).toBe('GET')
  expect(entry.query).toMatchObject({ properties: { limit: {}, after: {} } })
  expect(Object.keys((entry.response as { properties?: object }).properties ?? {})).toEqual(['data', 'nextCursor'])
})

it('types what a handler gets and gives', () => {
  type Confirm = typeof OPERATIONS.payments.confirmPayment
  expectTypeOf<OperationInput<Confirm>>().toExtend<{
    readonly paymentId: string
    readonly query: { dryRun?: boolean }
  }>()
  expectTypeOf<OperationOutput<Confirm>>().toExtend<Payment>()
  type Tile = typeof OPERATIONS.log.getLogTile
  expectTypeOf<OperationInput<Tile>>().toEqualTypeOf<{ readonly tilePath: string }>()
  type Entries = OperationInput<typeof OPERATIONS.accounts.listAccountEntries>
  expectTypeOf<keyof Entries>().toEqualTypeOf<'accountId' | 'query'>()
  expectTypeOf<Entries['query']['limit']>().toEqualTypeOf<number | undefined>()
})

const forPeople = operations.filter(({ person }) => person !== undefined).map((entry) => [entry.id, entry] as const)

it.each(forPeople)('%s: whose it is, is known by the first id of its path', (_id, { path, person }) => {
  const [, first] = /\{(\w+)\*?\}/.exec(path) ?? []
  if (first === 'phoneChangeId') return // begun by the caller: the service finds it by who asks
  if (first?.endsWith('Id')) expect(Object.keys(person?.of ?? {})).toContain(first)
})

it('no person decides a review, moves the clock, or sees the whole tenant', () => {
  const forbidden = /:review$|^(public|sandbox|reports|imports|keys|events|log|transactions)/
  expect(forPeople.filter(([, { scope }]) => forbidden.test(scope)).map(([id]) => id)).toEqual([])
})
