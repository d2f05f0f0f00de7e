import { setImmediate as turn } from 'node:timers/promises'
import type { MerchantRow } from '@pisto/contract'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Outcome, RowSender } from './row-sender.ts'

const aRow = (row: number, documentNumber = `${row}`, phone = `5${row}`): MerchantRow => ({
  ...{ row, externalId: '', country: 'GT', tradeName: '', givenNames: '', familyNames: '', dateOfBirth: '' },
  ...{ documentType: 'DPI', documentNumber, phone, categoryCode: '', locale: '', consent: '' },
})

/** A server that takes its time, and to which the first row of a document wins. */
function slowServer(delays: readonly number[]) {
  const seen = new Set<string>()
  const concurrent = { now: 0, most: 0 }
  let call = 0
  return {
    concurrent,
    async send(rows: readonly MerchantRow[]): Promise<Outcome[]> {
      concurrent.most = Math.max(concurrent.most, ++concurrent.now)
      for (let n = delays[call++ % delays.length] ?? 0; n > 0; n--) await turn()
      const outcomes = rows.map(({ row, documentNumber }) => {
        const isNew = !seen.has(documentNumber)
        seen.add(documentNumber)
        return { row, outcome: isNew ? 'active' : 'document_duplicate', merchantId: null }
      })
      for (let n = delays[call % delays.length] ?? 0; n > 0; n--) await turn()
      concurrent.now--
      return outcomes
    },
  }
}

it('gives what sending row after row would give, however long each chunk takes', async () => {
  const document = fc.integer({ min: 1, max: 12 }).map(String)
  await fc.assert(
    fc.asyncProperty(
      fc.array(document, { maxLength: 40 }),
      fc.array(fc.nat(5), { minLength: 1, maxLength: 7 }),
      async (documents, delays) => {
        const outcomes = new Map<number, string>()
        const sender = new RowSender({
          send: slowServer(delays).send,
          rowsPerChunk: 3,
          onOutcomes: (some) => some.forEach(({ row, outcome }) => void outcomes.set(row, outcome)),
        })
        for (const [index, number] of documents.entries()) await sender.add(aRow(index + 1, number))
        await sender.finish()

        const expected = documents.map((number, index) =>
          documents.indexOf(number) === index ? 'active' : 'document_duplicate',
        )
        expect(documents.map((_, index) => outcomes.get(index + 1))).toEqual(expected)
      },
    ),
    { numRuns: 50 },
  )
})

it('sends several chunks at a time, and no more than told', async () => {
  const server = slowServer([5])
  const sender = new RowSender({ send: server.send, onOutcomes: () => undefined, rowsPerChunk: 2, chunksInFlight: 3 })
  for (let row = 1; row <= 40; row++) await sender.add(aRow(row))
  await sender.finish()

  expect(server.concurrent.most).toBe(3)
})

it('stops at the first failure', async () => {
  let calls = 0
  const sender = new RowSender({
    rowsPerChunk: 1,
    chunksInFlight: 1,
    onOutcomes: () => undefined,
    async send() {
      calls++
      throw new Error('no connection')
    },
  })
  const all = async () => {
    for (let row = 1; row <= 40; row++) await sender.add(aRow(row))
    await sender.finish()
  }

  await expect(all()).rejects.toThrow('no connection')
  expect(calls).toBe(1)
})

it('counts characters, so that no request is too large', async () => {
  const sizes: number[] = []
  const sender = new RowSender({
    onOutcomes: () => undefined,
    async send(rows) {
      sizes.push(rows.length)
      return []
    },
  })
  for (let row = 1; row <= 100; row++)
    await sender.add({ ...aRow(row), tradeName: 'ñ'.repeat(1000), familyNames: 'ñ'.repeat(1000) })
  for (let row = 101; row <= 300; row++) await sender.add(aRow(row))
  await sender.finish()

  expect(Math.max(...sizes)).toBe(100)
  expect(sizes.length).toBeGreaterThan(3)
  expect(sizes.reduce((sum, size) => sum + size)).toBe(300)
})
