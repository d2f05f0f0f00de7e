import { expect, it } from 'vitest'
import { systemRandom } from '../runtime/random.ts'
import { formatKeys, localKeys, parseKeys } from './local-keys.ts'
import { NotOpened } from './sealed-box.ts'

const [OLD, NEW, DATA_KEY] = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
]

it('the first key wraps, the others still unwrap', async () => {
  const before = await localKeys([OLD], systemRandom).wrap(DATA_KEY, 'whose')
  const rotated = localKeys([NEW, OLD], systemRandom)

  expect(await rotated.unwrap(before, 'whose')).toEqual(DATA_KEY)
  expect((await rotated.wrap(DATA_KEY, 'whose')).providerKeyId).toBe(rotated.currentKeyId)
  expect(rotated.currentKeyId).not.toBe(before.providerKeyId)
})

it('a wrapped key unwraps for nobody else', async () => {
  const keys = localKeys([OLD], systemRandom)
  const wrapped = await keys.wrap(DATA_KEY, 'whose')

  await expect(keys.unwrap(wrapped, 'somebody else')).rejects.toThrow(NotOpened)
})

it('without the key that wrapped it nothing is unwrapped, and the error names which', async () => {
  const wrapped = await localKeys([OLD], systemRandom).wrap(DATA_KEY, 'whose')

  await expect(localKeys([NEW], systemRandom).unwrap(wrapped, 'whose')).rejects.toThrow(wrapped.providerKeyId)
})

it('keys are read as they are written, with commas or lines between', () => {
  const [first = '', second = ''] = formatKeys([NEW, OLD]).trim().split('\n')

  expect(parseKeys(formatKeys([NEW, OLD]))).toEqual([NEW, OLD])
  expect(parseKeys(`${first}, ${second}`)).toEqual([NEW, OLD])
})

it.each([
  ['', 'no key'],
  ['c2hvcnQ=', 'too short'],
  [`${'A'.repeat(43)}=,nonsense`, 'the second is none'],
])('refuses "%s": %s', (text, _why) => {
  expect(() => parseKeys(text)).toThrow(expect.objectContaining({ name: 'KeysInvalid' }))
})

it('the message tells nothing of what was given', () => {
  expect(() => parseKeys('geheim')).toThrow(/^a wrapping key is 32 bytes in base64$/)
})
