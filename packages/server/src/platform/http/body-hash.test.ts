import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hashRequest } from './body-hash.ts'

const secret = new Uint8Array(32).fill(7)
const about = { method: 'POST', path: '/v1/payments', query: {} }
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

it('the order of fields does not matter, anything else does', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (body) => {
      const reversed = Object.fromEntries(Object.entries(body).reverse())
      const hash = hex(hashRequest(secret, { ...about, body }))

      expect(hex(hashRequest(secret, { ...about, body: reversed }))).toBe(hash)
      expect(hex(hashRequest(secret, { ...about, body: { ...body, extra: 1 } }))).not.toBe(hash)
      expect(hex(hashRequest(secret, { ...about, path: '/v1/payments/x', body }))).not.toBe(hash)
      expect(hex(hashRequest(secret, { ...about, query: { dryRun: true }, body }))).not.toBe(hash)
      expect(hex(hashRequest(new Uint8Array(32), { ...about, body }))).not.toBe(hash)
    }),
  )
})
