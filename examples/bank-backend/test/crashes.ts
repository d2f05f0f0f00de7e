import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openFileJournal } from '../src/payments/file-journal.ts'
import { orderIdOf } from '../src/payments/order.ts'
import { crashingJournal, type Moment } from './crashing-journal.ts'
import { aCharge, aCustomer, pay, startTestBank, type World } from './world.ts'

/** Power cuts: the service dies at each place where it can, and a second life on the same journal finishes the order. */
export function testCrashes(world: World): void {
  const KEY = 'the-payment-that-crashes'
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bank-crash-'))
  })
  afterEach(async () => {
    await rm(folder, { recursive: true })
    world.core.reset()
  })

  /** Two lives of the service on one journal file: in the first the power goes, in the second nobody asks for anything. */
  async function crashAndRestart(moment: Moment, status: Parameters<typeof crashingJournal>[2], laterMs = 0) {
    const [customer, charge] = [aCustomer(world), await aCharge(world)]
    const path = join(folder, 'orders.jsonl')
    const first = await openFileJournal(path)
    const { journal, died } = crashingJournal(first, moment, status)
    const doomed = await startTestBank(world, { journal, patience: { answerWithinMs: 1 } })
    await pay(doomed, customer, charge, KEY)
    await died
    doomed.kill()
    await first.close()

    const second = await openFileJournal(path)
    const bank = await startTestBank(world, { journal: second, laterMs })
    const order = () => second.find(orderIdOf({ customerNumber: customer.customerNumber, key: KEY }))
    const settled = () => vi.waitFor(async () => expect(await second.unfinished()).toEqual([]), 5000)
    const stop = async () => {
      await bank[Symbol.asyncDispose]()
      await second.close()
    }
    return { charge, customer, bank, order, settled, [Symbol.asyncDispose]: stop }
  }

  it.each<[Moment, 'started' | 'debited' | 'paid', string]>([
    ['after', 'started', 'nothing was sent to anybody'],
    ['before', 'debited', 'the debit is booked, and only the core knows'],
    ['after', 'debited', 'the debit is on record, the payment was not sent'],
    ['before', 'paid', 'the merchant is paid, and only Pisto knows'],
  ])('the power goes %s "%s" is on record (%s): paid once after the restart', async (moment, status) => {
    await using life = await crashAndRestart(moment, status)

    await life.settled()

    expect(await life.order()).toMatchObject({ status: 'paid', paymentId: (await life.charge.payments())[0]?.id })
    expect(await life.charge.payments()).toHaveLength(1)
    expect(world.core.booked).toEqual([`debit ${life.customer.accountNumbers[0]} 30.10`])
  })

  it('the power goes before anything is on record: it never happened, and the app may ask again', async () => {
    await using life = await crashAndRestart('before', 'started')

    expect(await life.order()).toBeUndefined()
    expect(world.core.calls).toEqual([])
    expect((await pay(life.bank, life.customer, life.charge, KEY)).status).toBe(201)
    expect(world.core.booked).toHaveLength(1)
  })

  it.each<[Moment, 'undoing' | 'undone']>([
    ['before', 'undoing'],
    ['after', 'undoing'],
    ['before', 'undone'],
  ])('the power goes %s "%s" is on record: the money is given back once after the restart', async (moment, status) => {
    world.core.afterDebit = async () => {
      const [open] = (await world.pisto.paymentRequests.list({ merchantId: world.merchant.id, status: 'open' }).page())
        .data
      await world.pisto.payments.create({ payerAccountId: world.otherWalletId, qr: open?.qr.payload ?? '' })
    }
    await using life = await crashAndRestart(moment, status)

    await life.settled()

    expect(await life.order()).toMatchObject({ status: 'undone', refusal: 'code_used', paymentId: null })
    expect(world.core.booked.map((line) => line.split(' ', 1)[0])).toEqual(['debit', 'undo'])
  })

  it('a debit that is still unknown when nobody waits any more is given up, and undone', async () => {
    await using life = await crashAndRestart('before', 'debited', 120_000)

    await life.settled()

    expect(await life.order()).toMatchObject({ status: 'undone', refusal: 'took_too_long' })
    expect(world.core.booked.map((line) => line.split(' ', 1)[0])).toEqual(['debit', 'undo'])
    expect(await life.charge.payments()).toEqual([])
  })

  it('the app that asks again after a crash gets the same order', async () => {
    await using life = await crashAndRestart('before', 'paid')

    const { status, body } = await pay(life.bank, life.customer, life.charge, KEY)

    expect([status, body['paymentId']]).toEqual([201, (await life.charge.payments())[0]?.id])
    expect(world.core.booked).toHaveLength(1)
  })
}
