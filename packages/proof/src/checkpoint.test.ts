import { hash } from 'node:crypto'
import { expect, it } from 'vitest'
import { concatBytes, utf8 } from './bytes.ts'
import { formatCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.ts'
import { verifyEd25519 } from './ed25519.ts'
import { signNote } from './note.ts'
import { ed25519Signer } from './signer.ts'
import { toHex } from './testing/hex.ts'

const root = Uint8Array.from({ length: 32 }, (_, n) => n)
const ROOT = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='
const origin = 'bank.example/log/2026'
const signer = ed25519Signer(new Uint8Array(32).fill(3))
const log = { origin, publicKeys: [signer.publicKey] }

it('is three lines', () => {
  const text = `${origin}\n20852163\n${ROOT}\n`

  expect(formatCheckpoint({ origin, size: 20852163, root })).toBe(text)
  expect(parseCheckpoint(text)).toEqual({ origin, size: 20852163, root })
})

it('further lines may follow and are not relied on', () => {
  expect(parseCheckpoint(`${origin}\n1\n${ROOT}\nextension\n`)).toEqual({ origin, size: 1, root })
})

it('its note is signed as the main job checks it', async () => {
  const note = await signCheckpoint({ origin, size: 0, root }, signer)
  const [text = '', name, base64 = ''] = /^((?:.|\n)*\n)\n— (\S+) (\S+)\n$/.exec(note)?.slice(1) ?? []
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'))

  expect(name).toBe(origin)
  const keyHash = hash('sha256', concatBytes(utf8(`${name}\n\x01`), signer.publicKey), 'hex').slice(0, 8)
  expect(toHex(bytes.slice(0, 4))).toBe(keyHash)
  expect(await verifyEd25519(signer.publicKey, utf8(text), bytes.slice(4))).toBe(true)
})

it('opens what it signs', async () => {
  const note = await signCheckpoint({ origin, size: 2 ** 53 - 1, root }, signer)

  expect(await openCheckpoint(note, log)).toEqual({ origin, size: 2 ** 53 - 1, root })
})

it('a log may sign under a new key while the old one is still known', async () => {
  const next = ed25519Signer(new Uint8Array(32).fill(4))
  const note = await signCheckpoint({ origin, size: 1, root }, next)

  expect(await openCheckpoint(note, { origin, publicKeys: [signer.publicKey, next.publicKey] })).toBeDefined()
})

it('a key of the log does not make another log’s checkpoint its own', async () => {
  const note = await signNote(formatCheckpoint({ origin: 'else.example', size: 1, root }), { name: origin, signer })

  await expect(openCheckpoint(note, log)).rejects.toMatchObject({ code: 'origin_mismatch' })
})

it.each([
  // text                                       why it is refused
  ['', 'nothing'],
  [`${origin}\n1\n`, 'no root'],
  [`${origin}\n1\n${ROOT}`, 'no line feed at the end'],
  [`${origin}\n1\n${ROOT}\n\n`, 'an empty line'],
  [`\n1\n${ROOT}\n`, 'no origin'],
  [`${origin}\n01\n${ROOT}\n`, 'a size has one spelling'],
  [`${origin}\n+1\n${ROOT}\n`, 'a size has one spelling'],
  [`${origin}\n１\n${ROOT}\n`, 'ASCII digits only'],
  [`${origin}\n1.0\n${ROOT}\n`, 'a size has one spelling'],
  [`${origin}\n9007199254740992\n${ROOT}\n`, 'beyond 2^53 − 1'],
  [`${origin}\n99999999999999999999\n${ROOT}\n`, 'beyond 2^53 − 1'],
  [`${origin}\n1\n${ROOT.slice(0, -1)}\n`, 'base64 without padding'],
  [`${origin}\n1\n${ROOT.replace('h8=', 'h9=')}\n`, 'base64 that is not canonical'],
  [`${origin}\n1\nAAEC\n`, 'not a hash'],
])('refuses to read %j: %s', (text, _why) => {
  expect(() => parseCheckpoint(text)).toThrow(expect.objectContaining({ code: 'checkpoint_malformed' }))
})

it.each([
  [{ origin: '' }, 'no origin'],
  [{ origin: 'a\nb' }, 'two lines'],
  [{ size: -1 }, 'less than none'],
  [{ size: 2 ** 53 }, 'beyond 2^53 − 1'],
  [{ root: root.slice(1) }, 'not a hash'],
])('refuses to write %o: %s', (part, _why) => {
  expect(() => formatCheckpoint({ origin, size: 1, root, ...part })).toThrow(RangeError)
})
