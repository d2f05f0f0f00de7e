import { leafHash, portableSha256 } from '@pisto/proof'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hashLeaf, sha256 } from './leaf.ts'

const text = fc.string({ unit: 'binary' })

it('a leaf’s hash is the one that every other implementation computes from its bytes', () => {
  fc.assert(
    fc.property(text, (leaf) => {
      expect(hashLeaf(leaf)).toEqual(leafHash(new TextEncoder().encode(leaf)))
    }),
  )
})

it('the machine’s SHA-256 is the portable one', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(sha256(bytes)).toEqual(portableSha256(bytes))
    }),
  )
})
