import { setTimeout as delay } from 'node:timers/promises'
import { toUuid } from '@pisto/ledger'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { dueWorkerOf } from '../../testing/due-work.ts'
import { openTestWorld, type TestWorld } from '../../testing/test-world.ts'
import type { DueItem } from './due.ts'
import { claimDue } from './store.ts'
import type { DueHandlers, DueWorker } from './worker.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

let tenantId: string
beforeEach(() => {
  tenantId = world.ids.next('ten')
})

const workerOf = (handlers: DueHandlers, tenants = [tenantId]): DueWorker =>
  dueWorkerOf(
    world,
    tenants.map((id) => ({ id })),
    handlers,
  )

const inSeconds = (seconds: number): Date => new Date(world.clock.now().getTime() + seconds * 1000)

async function schedule(kind: string, reference: string, dueAt: Date, tenant = tenantId): Promise<void> {
  await world.db.query('insert into due (tenant_id, kind, reference, due_at) values ($1, $2, $3, $4)', [
    toUuid(tenant, 'ten'),
    kind,
    reference,
    dueAt,
  ])
}

const claimed = async (): Promise<string[]> => {
  const rows = await world.db.query<{ reference: string }>(
    'select reference from due where tenant_id = $1 and is_claimed',
    [toUuid(tenantId, 'ten')],
  )
  return rows.map(({ reference }) => reference)
}

const left = async (): Promise<string[]> => {
  const rows = await world.db.query<{ reference: string }>(
    'select reference from due where tenant_id = $1 order by reference',
    [toUuid(tenantId, 'ten')],
  )
  return rows.map(({ reference }) => reference)
}

it('does what is due in the order of business time, and leaves the rest', async () => {
  const done: string[] = []
  const note = async ({ kind, reference }: DueItem) => void done.push(`${kind} ${reference}`)
  await schedule('b', 'third', inSeconds(-1))
  await schedule('a', 'second', inSeconds(-2))
  await schedule('b', 'first', inSeconds(-3))
  await schedule('a', 'later', inSeconds(60))

  await workerOf({ a: note, b: note }).runDue()

  expect(done).toEqual(['b first', 'a second', 'b third'])
  expect(await left()).toEqual(['later'])
})

it('what takes long holds nothing back, and is waited for', async () => {
  const done: string[] = []
  let isShortDone = (): void => undefined
  const shortDone = new Promise<void>((resolve) => {
    isShortDone = resolve
  })
  let slices = 0
  const long = async (_: DueItem, signal: AbortSignal): Promise<'unfinished' | undefined> => {
    await shortDone
    done.push(`slice ${++slices}`)
    return slices < 3 && !signal.aborted ? 'unfinished' : undefined
  }
  await schedule('long', 'first', inSeconds(-2))
  await schedule('short', 'second', inSeconds(-1))
  const short = async ({ reference }: DueItem) => {
    done.push(reference)
    isShortDone()
  }

  await workerOf({ long: Object.assign(long, { takesLong: true }), short }).runDue()

  expect(done).toEqual(['second', 'slice 1', 'slice 2', 'slice 3'])
  expect(await left()).toEqual([])
})

it('what one tenant is long at holds no other tenant back', async () => {
  const other = world.ids.next('ten')
  let release = (): void => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  let doneFor: string | undefined
  const handlers = {
    a: () => released,
    async b({ tenantId: whose }: DueItem) {
      doneFor = whose
    },
  }
  const worker = workerOf(handlers, [tenantId, other])
  await schedule('a', 'held', inSeconds(-1))
  worker.start()
  await vi.waitFor(async () => expect(await claimed()).toEqual(['held']), { timeout: 5_000 })
  await schedule('b', 'quick', inSeconds(-1), other)

  await vi.waitFor(() => expect(doneFor).toBe(other), { timeout: 5_000 })
  release()
  await worker.stop()
  expect(await left()).toEqual([])
})

it('a slice is told when the worker stops, which waits for its end', async () => {
  await schedule('long', 'first', inSeconds(-2))
  let begun = (): void => undefined
  const beginning = new Promise<void>((resolve) => {
    begun = resolve
  })
  let isOver = false
  const long = async (_: DueItem, signal: AbortSignal): Promise<'unfinished'> => {
    begun()
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    isOver = true
    return 'unfinished'
  }
  const worker = workerOf({ long: Object.assign(long, { takesLong: true }) })
  const running = worker.runDue()
  await beginning
  await worker.stop()

  expect(isOver).toBe(true)
  expect(await left()).toEqual(['first'])
  await running
})

it('does what becomes due by what it did, too', async () => {
  const done: string[] = []
  await schedule('a', '5', inSeconds(-10))

  await workerOf({
    async a({ reference }) {
      done.push(reference)
      if (reference !== '1') await schedule('a', String(Number(reference) - 1), inSeconds(-1))
    },
  }).runDue()

  expect(done).toEqual(['5', '4', '3', '2', '1'])
})

it('what fails stays due, waits longer each time, and holds nothing back', async () => {
  const attempts: number[] = []
  const handlers = {
    async a() {
      attempts.push(world.systemClock.now().getTime())
      throw new Error('not now')
    },
    b: async () => undefined,
  }
  await schedule('a', 'fails', inSeconds(-2))
  await schedule('b', 'works', inSeconds(-1))
  const worker = workerOf(handlers)

  await worker.runDue()
  await worker.runDue()
  expect(attempts).toHaveLength(1)
  expect(await left()).toEqual(['fails'])

  for (let seconds = 0; seconds < 10; seconds++) {
    world.systemClock.advance(1)
    await worker.runDue()
  }
  const waits = attempts.slice(1).map((time, index) => time - (attempts[index] ?? 0))
  expect(waits).toEqual([2000, 4000])
})

it('a kind that this version does not know stays for one that does', async () => {
  await schedule('newer', 'x', inSeconds(-1))

  await workerOf({}).runDue()

  expect(await left()).toEqual(['x'])
})

it('two workers do each thing once', async () => {
  const done: string[] = []
  const handlers = { a: async ({ reference }: DueItem) => void done.push(reference) }
  const references = Array.from({ length: 200 }, (_, index) => String(1000 + index))
  await Promise.all(references.map((reference) => schedule('a', reference, inSeconds(-1))))

  await Promise.all([workerOf(handlers).runDue(), workerOf(handlers).runDue()])

  expect(done.sort()).toEqual(references)
  expect(await left()).toEqual([])
})

it('what a worker died of is taken over when its lease has ended', async () => {
  let done = 0
  await schedule('a', 'x', inSeconds(-1))
  await world.db.query('update due set is_claimed = true, not_before = $2 where tenant_id = $1', [
    toUuid(tenantId, 'ten'),
    new Date(world.systemClock.now().getTime() + 30_000),
  ])
  const worker = workerOf({ a: async () => void done++ })

  const waiting = worker.runDue() // it may still be at work elsewhere
  expect(done).toBe(0)
  world.systemClock.advance(31)
  await waiting
  await worker.runDue()

  expect(done).toBe(1)
})

it('what takes longer than its lease is begun by nobody else meanwhile, and goes on at once where it was not finished', async () => {
  await schedule('long', 'x', inSeconds(-1))
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let begun = 0
  const long = async (): Promise<'unfinished' | undefined> => {
    if (++begun > 1) return undefined
    await held
    return 'unfinished'
  }
  const leaseMs = 300
  const worker = dueWorkerOf(world, [{ id: tenantId }], { long: Object.assign(long, { takesLong: true }) }, { leaseMs })

  const running = worker.runDue()
  await vi.waitFor(async () => expect(await claimed()).toEqual(['x']))
  for (let waitedMs = 0; waitedMs < 4 * leaseMs; waitedMs += 100) {
    await delay(100)
    world.systemClock.advance(0.1)
    const now = { now: world.clock.now(), machineNow: world.systemClock.now(), leaseUntil: inSeconds(0), limit: 1 }
    expect(await claimDue(world.db, tenantId, now), `after ${waitedMs} ms`).toEqual([])
  }
  release()
  await running

  expect(begun).toBe(2)
  expect(await left()).toEqual([])
})

it('tenants do not wait for each other', async () => {
  const other = world.ids.next('ten')
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const done: string[] = []
  await schedule('slow', 'x', inSeconds(-1))
  await schedule('quick', 'y', inSeconds(-1), other)
  const worker = workerOf({ slow: () => held, quick: async () => void done.push('y') }, [tenantId, other])

  const running = worker.runDue()
  await expect.poll(() => done).toEqual(['y'])
  release()
  await running
})

it('stopping finishes what was begun and claims nothing more', async () => {
  const done: string[] = []
  for (const reference of ['1', '2']) await schedule('a', reference, inSeconds(-2))
  await schedule('b', '3', inSeconds(-1))
  const worker = workerOf({
    a: async ({ reference }) => {
      done.push(reference)
      void worker.stop()
      await schedule('a', `${reference}0`, inSeconds(-1))
    },
    b: async ({ reference }) => void done.push(reference),
  })

  await worker.runDue()
  await worker.stop()

  expect(done).toEqual(['1', '2', '3'])
  expect(await left()).toEqual(['10', '20'])
})
