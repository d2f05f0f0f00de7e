import fc from 'fast-check'
import { expect, it } from 'vitest'
import { signCheckpoint } from './checkpoint.ts'
import { epochNamed, epochOf, epochOrigin } from './epoch.ts'
import { ed25519Signer } from './signer.ts'

const LOG = 'bank.example/log/gtbank'

it('reads what it writes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999_999 }), (epoch) => {
      expect(epochOf(LOG, epochOrigin(LOG, epoch))).toBe(epoch)
    }),
  )
})

it.each([
  // origin, why it is no epoch of this log
  ['bank.example/log/hnbank', 'another log'],
  ['bank.example/log', 'what it is in'],
  [`${LOG}/1`, 'the first epoch has no number'],
  [`${LOG}/02`, 'one spelling'],
  [`${LOG}/0`, 'they begin at 1'],
  [`${LOG}/2/`, 'nothing follows'],
  [`${LOG}/2/3`, 'nothing follows'],
  [`${LOG}2`, 'another tenant’s name begins like this one'],
  [`${LOG}/two`, 'not a number'],
  [`x${LOG}/2`, 'nothing goes before'],
  ['', 'nothing'],
])('%s is no epoch: %s', (origin, _why) => {
  expect(epochOf(LOG, origin)).toBeUndefined()
})

it.each([0, -1, 1.5, Number.NaN])('there is no epoch %d', (epoch) => {
  expect(() => epochOrigin(LOG, epoch)).toThrow(RangeError)
})

it.each([
  // origin of the checkpoint, the name it is verified under
  [LOG, LOG],
  [`${LOG}/7`, `${LOG}/7`],
  ['other.example/log', LOG],
])('a checkpoint of %s is verified as %s', async (origin, named) => {
  const signer = ed25519Signer(new Uint8Array(32).fill(7))
  const note = await signCheckpoint({ origin, size: 1, root: new Uint8Array(32) }, signer)

  expect(epochNamed(note, LOG)).toBe(named)
})

it('what is no note has no name', () => {
  expect(() => epochNamed(LOG, LOG)).toThrow(expect.objectContaining({ code: 'note_malformed' }))
})
