import { checkBooks } from '@pisto/testkit'
import { afterAll, describe, expect, it } from 'vitest'
import { testAdmission } from './admission.ts'
import { testCrashes } from './crashes.ts'
import { testEvents } from './events.ts'
import { testMerchants } from './merchants.ts'
import { testPayments } from './payments.ts'
import { testProcesses } from './processes.ts'
import { testRequests } from './requests.ts'
import { closeWorld, openWorld } from './world.ts'

/** The whole service against a real sandbox, started once for all of it, and a core system that nock plays. */
const world = await openWorld()
afterAll(() => closeWorld(world))

describe('payments', () => testPayments(world))
describe('crashes', () => testCrashes(world))
describe('what is refused before money moves', () => testAdmission(world))
describe('merchants', () => testMerchants(world))
describe('requests', () => testRequests(world))
describe('processes', () => testProcesses(world))
describe('events', () => testEvents(world))

it('after all of it, Pisto’s books are right', async () => {
  const books = await checkBooks(world.sandbox.db)

  expect(books.flatMap(({ findings }) => findings)).toEqual([])
})
