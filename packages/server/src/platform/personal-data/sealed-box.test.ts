import fc from 'fast-check'
import { expect, it } from 'vitest'
import { systemRandom } from '../runtime/random.ts'
import { NotOpened, open, seal } from './sealed-box.ts'

const KEY = new Uint8Array(32).fill(1)
const bytes = fc.uint8Array({ maxLength: 300 })

it('what was sealed opens under the same key and context', () => {
  fc.assert(
    fc.property(bytes, fc.string(), (content, context) => {
      expect(open(KEY, context, seal(KEY, context, content, systemRandom))).toEqual(content)
    }),
  )
})

it('two sealings of the same are different: nobody sees that two rows say the same', () => {
  const [first, second] = [0, 1].map(() => seal(KEY, 'x', Buffer.from('Rosa'), systemRandom))

  expect(first).not.toEqual(second)
})

it('with any bit changed it does not open', () => {
  const sealed = seal(KEY, 'x', Buffer.from('Rosa'), systemRandom)
  fc.assert(
    fc.property(fc.nat({ max: sealed.length * 8 - 1 }), (bit) => {
      const changed = sealed.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
      expect(() => open(KEY, 'x', changed)).toThrow(NotOpened)
    }),
  )
})

it.each([
  [new Uint8Array(32).fill(2), 'x', 'another key'],
  [KEY, 'y', 'another place'],
])('does not open under %s in %s: %s', (key, context, _why) => {
  expect(() => open(key, context, seal(KEY, 'x', Buffer.from('Rosa'), systemRandom))).toThrow(NotOpened)
})

it('bytes that are too short were not sealed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 28 }), (short) => {
      expect(() => open(KEY, 'x', short)).toThrow(NotOpened)
    }),
  )
})
