import { generateKeyPairSync, sign as nodeSign } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, expect, it, vi } from 'vitest'
import { utf8 } from './bytes.ts'
import { publicKeyOf, signEd25519, signInJavaScript, verifyEd25519, verifyInJavaScript } from './ed25519.ts'
import { keyId } from './key-id.ts'
import { ed25519Signer, generateSigner } from './signer.ts'
import { flipBit } from './testing/flip.ts'
import { fromHex, toHex } from './testing/hex.ts'

afterEach(() => vi.unstubAllGlobals())

type Vector = Record<'seed' | 'key' | 'message' | 'signature', Uint8Array>

/** RFC 8032 section 7.1. */
const RFC8032 = [
  [
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
].map(([seed = '', key = '', message = '', signature = '']) => ({
  seed: fromHex(seed),
  key: fromHex(key),
  message: fromHex(message),
  signature: fromHex(signature),
}))
const [one, two, three] = RFC8032 as [Vector, Vector, Vector]

it.each(RFC8032)('signs and verifies as RFC 8032 shows, with WebCrypto and without', async (vector) => {
  const { seed, key, message, signature } = vector

  expect(toHex(publicKeyOf(seed))).toBe(toHex(key))
  expect(toHex(await signEd25519(seed, message))).toBe(toHex(signature))
  expect(toHex(signInJavaScript(seed, message))).toBe(toHex(signature))
  expect(await verifyEd25519(key, message, signature)).toBe(true)
  expect(verifyInJavaScript(key, message, signature)).toBe(true)
})

it('no bit of key, message or signature can be turned, with WebCrypto or without', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('key', 'message', 'signature'), fc.nat(), async (part, anyBit) => {
      const bit = anyBit % (three[part].length * 8)
      const { key, message, signature }: Vector = { ...three, ...{ [part]: flipBit(three[part], bit) } }

      expect(await verifyEd25519(key, message, signature)).toBe(false)
      expect(verifyInJavaScript(key, message, signature)).toBe(false)
    }),
  )
})

it.each([
  // without                                  why
  [{ subtle: undefined }, 'an insecure context has no WebCrypto'],
  [{ subtle: { importKey: () => Promise.reject(new Error('NotSupported')) } }, 'an old browser knows no Ed25519'],
])('works with %o: %s', async (crypto, _why) => {
  vi.stubGlobal('crypto', crypto)

  const signer = ed25519Signer(two.seed)

  expect(toHex(await signer.sign(two.message))).toBe(toHex(two.signature))
  expect(await verifyEd25519(two.key, two.message, two.signature)).toBe(true)
  expect(await verifyEd25519(two.key, utf8('another'), two.signature)).toBe(false)
})

it('what is neither key nor signature verifies nothing and throws nothing', async () => {
  const { key, message, signature } = one

  expect(await verifyEd25519(key.slice(1), message, signature)).toBe(false)
  expect(await verifyEd25519(key, message, signature.slice(1))).toBe(false)
  expect(await verifyEd25519(new Uint8Array(32).fill(255), message, signature)).toBe(false)
  expect(verifyInJavaScript(new Uint8Array(32).fill(255), message, signature)).toBe(false)
})

it('a key of small order, for which one signature would fit many messages, verifies nothing', () => {
  const neutral = Uint8Array.of(1, ...new Uint8Array(31)) // the point (0, 1): its own multiple
  const signature = Uint8Array.of(...neutral, ...new Uint8Array(32)) // R the same point, S zero

  expect(verifyInJavaScript(neutral, utf8('pay Ana'), signature)).toBe(false)
})

it('verifies what Node signs', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const raw = new Uint8Array(Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url'))

  expect(await verifyEd25519(raw, utf8('hola'), nodeSign(null, utf8('hola'), privateKey))).toBe(true)
})

it('a generated key is the random source’s; its signer keeps its own copy of the seed', async () => {
  const { seed, signer } = generateSigner((length) => new Uint8Array(length).fill(length))
  const before = toHex(await signer.sign(utf8('x')))

  seed.fill(0)

  expect(toHex(await signer.sign(utf8('x')))).toBe(before)
  expect(toHex(signer.publicKey)).toBe(toHex(publicKeyOf(new Uint8Array(32).fill(32))))
  expect(signer.keyId).toBe(keyId(signer.publicKey))
})

it('a key id is the beginning of the SHA-256 of the raw key', () => {
  expect(keyId(fromHex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'))).toBe('If4x36FU')
  expect(() => keyId(new Uint8Array(31))).toThrow(RangeError)
  expect(() => ed25519Signer(new Uint8Array(31))).toThrow(RangeError)
})
