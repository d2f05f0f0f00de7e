import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseNote, signNote, verifyNote } from './note.ts'
import { ed25519Signer } from './signer.ts'
import { formatVerifierKey, parseVerifierKey } from './verifier-key.ts'

/** From https://c2sp.org/signed-note section "Example". */
const EXAMPLE_KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
const EXAMPLE =
  'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n'

const one = { name: 'one.example', signer: ed25519Signer(new Uint8Array(32).fill(1)) }
const two = { name: 'two.example', signer: ed25519Signer(new Uint8Array(32).fill(2)) }
const verifier = ({ name, signer }: typeof one) => ({ name, publicKey: signer.publicKey })

it('verifies the example of the specification by its verifier key', async () => {
  const key = parseVerifierKey(EXAMPLE_KEY)

  expect(await verifyNote(EXAMPLE, [key])).toEqual({ text: 'This is an example message.\n', signedBy: [key] })
  expect(formatVerifierKey(key)).toBe(EXAMPLE_KEY)
})

it('verifies what it signs, by each of the signers', async () => {
  const note = await signNote('uno\n\nñandú 🐦\n', one, two)

  expect((await verifyNote(note, [verifier(one), verifier(two)])).signedBy).toHaveLength(2)
  expect((await verifyNote(note, [verifier(two)])).text).toBe('uno\n\nñandú 🐦\n')
})

it('signatures of unknown keys are ignored, also of known names', async () => {
  const note = await signNote('text\n', { ...one, name: two.name }, two)

  expect((await verifyNote(note, [verifier(two)])).signedBy).toEqual([verifier(two)])
})

it('a note that no known key has signed is refused', async () => {
  const note = await signNote('text\n', one)

  await expect(verifyNote(note, [verifier(two)])).rejects.toMatchObject({ code: 'signature_missing' })
  await expect(verifyNote(note, [])).rejects.toMatchObject({ code: 'signature_missing' })
})

it('one wrong signature of a known key spoils the note, whatever else has signed it', async () => {
  const [genuine, other] = await Promise.all([signNote('text\n', one, two), signNote('other\n', one)])
  const spoilt = `${genuine}${other.slice('other\n\n'.length)}`

  await expect(verifyNote(spoilt, [verifier(one), verifier(two)])).rejects.toMatchObject({ code: 'signature_invalid' })
})

it('no character of a signed note can be changed', async () => {
  const note = await signNote('bank.example/log\n12\nAAAA\n', one)
  await fc.assert(
    fc.asyncProperty(fc.nat(note.length - 1), fc.string({ maxLength: 2 }), async (at, text) => {
      const changed = note.slice(0, at) + text + note.slice(at + 1)
      fc.pre(changed !== note)

      await expect(verifyNote(changed, [verifier(one)])).rejects.toThrow()
    }),
    { numRuns: 300 },
  )
})

const signature = EXAMPLE.slice(EXAMPLE.indexOf('—'))
it.each([
  // note                                          why it is refused
  ['', 'nothing'],
  ['text\n', 'no signatures'],
  ['text\n\n', 'no signatures'],
  [`text\n${signature}`, 'no empty line between text and signatures'],
  [`text\n\n${signature.slice(0, -1)}`, 'no line feed at the end'],
  [`text\n\n${signature}\n`, 'an empty line at the end'],
  [`text\n\n${signature.replace('—', '-')}`, 'a hyphen for the dash'],
  [`text\n\n${signature.replace('foo ', 'foo  ')}`, 'two spaces'],
  [`text\n\n${signature.replace('example.com/foo', '')}`, 'no name'],
  [`text\n\n${signature.replace('example', 'exam+ple')}`, 'a plus in the name'],
  [`text\n\n${signature.replace('example', 'exam\u00a0ple')}`, 'a Unicode space in the name'],
  [`text\n\n${signature.replace('example', 'exam\u0085ple')}`, 'a Unicode space in the name'],
  [`text\n\n${signature.replace('=', '')}`, 'base64 without padding'],
  [`text\n\n${signature.replace('QM=', 'QN=')}`, 'base64 that is not canonical'],
  ['text\n\n— example.com/foo Uw2QOg==\n', 'a key hash without signature'],
  ['text\n\n— example.com/foo \n', 'no signature'],
  [`te\txt\n\n${signature}`, 'a control character'],
  [`text\r\n\n${signature}`, 'a control character'],
  [`te\ud800xt\n\n${signature}`, 'half a surrogate pair'],
  [`text\n\n${signature.repeat(101)}`, 'more signatures than anyone needs'],
  [`${'x'.repeat(1_000_000)}\n\n${signature}`, 'longer than anyone needs'],
])('refuses to read %j: %s', (note, _why) => {
  expect(() => parseNote(note)).toThrow(expect.objectContaining({ name: 'MalformedProof', code: 'note_malformed' }))
})

it('accepts 16 signatures, as every verifier must', () => {
  expect(parseNote(`text\n\n${signature.repeat(16)}`).signatures).toHaveLength(16)
})

it.each([
  // text, name, why it is not signed
  ['text', 'a', 'no line feed at the end'],
  ['te\txt\n', 'a', 'a control character'],
  ['text\n', '', 'no name'],
  ['text\n', 'a b', 'a space in the name'],
  ['text\n', 'a+b', 'a plus in the name'],
  ['text\n', 'a\nb', 'a line feed in the name'],
])('refuses to sign %j as %j: %s', async (text, name, _why) => {
  await expect(signNote(text, { ...one, name })).rejects.toThrow(RangeError)
})

it('refuses to sign as nobody', async () => {
  await expect(signNote('text\n')).rejects.toThrow(RangeError)
})

it.each([
  // key                                                        why it is refused
  ['', 'nothing'],
  ['example.com/foo', 'a name alone'],
  [EXAMPLE_KEY.replace('foo', 'bar'), 'the hash is of another name'],
  [EXAMPLE_KEY.replace('530d', '530D'), 'the hash is in lower case'],
  [EXAMPLE_KEY.replace('+A', '+B'), 'another type of key'],
  [EXAMPLE_KEY.slice(0, -4), 'too short a key'],
  [`${EXAMPLE_KEY}\n`, 'something behind'],
])('refuses the verifier key %j: %s', (key, _why) => {
  expect(() => parseVerifierKey(key)).toThrow(expect.objectContaining({ code: 'verifier_key_malformed' }))
})

it.each([
  // name, bytes, why it is no verifier key
  ['', 32, 'nobody’s'],
  ['two words', 32, 'a name has no spaces'],
  ['one+two', 32, 'nor a plus'],
  ['one.example', 31, 'too short'],
  ['one.example', 33, 'too long'],
])('writes no key of %j with %i bytes: %s', (name, length, _why) => {
  expect(() => formatVerifierKey({ name, publicKey: new Uint8Array(length) })).toThrow(RangeError)
})
