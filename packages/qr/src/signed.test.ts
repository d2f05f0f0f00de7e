import { createPublicKey, verify } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { build, type CodeFields } from './build.ts'
import { crc16 } from './crc.ts'
import { modulesOf } from './image-svg.ts'
import { type MerchantFields, parse, withPistoTemplate } from './index.ts'
import { examineSigned, readSignature, signPayload, verifySigned } from './signed.ts'
import { aCode } from './testing/codes.ts'
import { aTenant, directoryOf } from './testing/keys.ts'

const bank = aTenant('gtbank', 1)
const neighbour = aTenant('otherbank', 2)
const directory = directoryOf(bank, neighbour)
const payee = { tenantCode: 'gtbank', alias: '123456789012' }
const shop: CodeFields = { ...aCode, merchantAccounts: withPistoTemplate({}, payee) }
const charge: CodeFields = {
  ...shop,
  pointOfInitiation: '12',
  amount: '30.10',
  merchantName: 'Tortillería Ñandú',
  merchantAccounts: withPistoTemplate({}, { ...payee, requestId: '01jc9z3k5qf7v8w2x4y6z0a1b3' }),
  additionalData: { '05': 'K7Q2M9XA' },
}
const expiresAt = new Date('2026-01-01T00:05:00Z')

let printed = ''
let shown = ''
beforeAll(async () => {
  printed = await signPayload(shop, bank.signingKey)
  shown = await signPayload(charge, bank.signingKey, { expiresAt })
})

/** A forger's work: other fields, the signature kept, the checksum right. */
function forged(payload: string, change: Partial<CodeFields>): string {
  return build({ ...(parse(payload).fields as MerchantFields & CodeFields), ...change })
}

const resealed = (payload: string): string => `${payload.slice(0, -8)}6304${crc16(`${payload.slice(0, -8)}6304`)}`

it('a signed code is valid, follows the specification and says what it said before', async () => {
  for (const [payload, fields] of [
    [printed, shop],
    [shown, charge],
  ] as const) {
    expect(await verifySigned(payload, directory)).toBe('valid')
    const read = parse(payload, { profile: 'strict' })
    expect(read.ok).toBe(true)
    expect(read.fields).toMatchObject({ ...parse(build(fields)).fields, crc: read.fields.crc })
  }
})

it('is what the design says: a prefix, the objects in order, the head of 80', () => {
  const signature = readSignature(shown)

  if (signature.status !== 'present') throw new Error(signature.status)
  expect(new TextDecoder().decode(signature.signedBytes)).toBe(
    `pisto-qr-v1\n${build(charge).slice(0, -8)}0009org.pisto0108${bank.signingKey.keyId}0205hjao5`,
  )
  expect(signature.keyId).toBe(bank.signingKey.keyId)
  expect(signature.expiresAt).toEqual(expiresAt)
})

it('another implementation of Ed25519 agrees', () => {
  const signature = readSignature(printed)
  const x = Buffer.from(bank.publicKey).toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })

  if (signature.status !== 'present') throw new Error(signature.status)
  expect(verify(null, signature.signedBytes, key, signature.signature)).toBe(true)
})

it.each([
  [{ merchantName: 'Tienda 9' }, 'signature_wrong', 'another name'],
  [{ merchantCity: 'Quetzaltenango' }, 'signature_wrong', 'another city'],
  [{ mcc: '5412' }, 'signature_wrong', 'another trade'],
  [{ amount: '1.00' }, 'signature_wrong', 'another amount'],
  [{ currency: '840' }, 'signature_wrong', 'another currency'],
  [{ tipIndicator: '02', feeFixed: '5.00' }, 'signature_wrong', 'a fee on top'],
  [{ additionalData: { '05': 'AAAAAAAA' } }, 'signature_wrong', 'another challenge'],
  [{ language: { '00': 'es', '01': 'Otra' } }, 'signature_wrong', 'another spelling of the name'],
  [
    { merchantAccounts: withPistoTemplate({}, { ...payee, alias: '999999999999' }) },
    'signature_wrong',
    'another account',
  ],
  [
    { merchantAccounts: withPistoTemplate({}, { ...payee, tenantCode: 'otherbank' }) },
    'key_of_other_tenant',
    'another tenant',
  ],
  [
    { merchantAccounts: withPistoTemplate(withPistoTemplate({}, payee), payee) },
    'template_invalid',
    'two accounts of ours',
  ],
  [{ merchantAccounts: { ...shop.merchantAccounts, '27': { '00': 'evil' } } }, 'signature_wrong', 'an account besides'],
  [{ merchantAccounts: { '26': { '00': 'evil' } } }, 'template_invalid', 'a signature without an account of ours'],
] as const)('a signature moved onto %j is invalid (%s): %s', async (change, reason, _why) => {
  for (const payload of [printed, shown]) {
    expect(await examineSigned(forged(payload, change), directory)).toEqual({ verdict: 'invalid', reason })
  }
})

it('a code stripped of its signature is missing it, never merely unsigned', async () => {
  expect(await verifySigned(forged(printed, { unreserved: {} }), directory)).toBe('missing')
  expect(await verifySigned(build(shop), directory)).toBe('missing')
  expect(await verifySigned(build(shop).replace(/6304.{4}$/, '6304'), directory)).toBe('invalid')
})

it('our GUID in other letters does not pass as another network', async () => {
  const account = { '00': 'ORG.Pisto', '01': 'gtbank', '02': '123456789012' }

  expect(await verifySigned(build({ ...shop, merchantAccounts: { '26': account } }), directory)).toBe('missing')
})

it('codes of other networks are unsigned', async () => {
  expect(await verifySigned(build(aCode), directory)).toBe('unsigned')
})

it('codes that cannot be read are invalid', async () => {
  for (const payload of ['', 'https://example.com', printed.slice(0, -1), `${printed} `]) {
    expect(await verifySigned(payload, directory)).toBe('invalid')
  }
})

it('half a signature is none', async () => {
  const { unreserved = {} } = parse(printed).fields
  const { '80': first = {}, '81': second = {} } = unreserved

  for (const half of [
    { '80': first },
    { '81': second },
    { '80': second, '81': first },
    { '82': first, '83': second },
  ]) {
    const verdict = await verifySigned(forged(printed, { unreserved: half }), directory)
    expect(verdict).not.toBe('valid')
    expect(verdict).not.toBe('unsigned')
  }
})

it('a key that nobody knows, or of another mode, signs nothing', async () => {
  expect(await examineSigned(printed, directoryOf(neighbour))).toEqual({ verdict: 'invalid', reason: 'key_unknown' })
})

it('a directory that gives another key for the id is not believed', async () => {
  const lookup = () => ({ publicKey: neighbour.publicKey, tenantCode: 'gtbank' })

  expect(await examineSigned(printed, lookup)).toEqual({ verdict: 'invalid', reason: 'key_unknown' })
})

it('an expired code is invalid from its minute on', async () => {
  const before = new Date(expiresAt.getTime() - 1)

  expect(await verifySigned(shown, directory, { at: before })).toBe('valid')
  expect(await examineSigned(shown, directory, { at: expiresAt })).toEqual({ verdict: 'invalid', reason: 'expired' })
  expect(await verifySigned(shown, directory)).toBe('valid')
})

it('the 15 respellings of the last character of a signature are refused', async () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const last = printed.length - 9
  for (const character of alphabet) {
    const respelled = resealed(printed.slice(0, last) + character + printed.slice(last + 1))
    expect(await verifySigned(respelled, directory)).toBe(respelled === printed ? 'valid' : 'invalid')
  }
})

it('templates 80 and 81 elsewhere in the code are refused: one code, one text', async () => {
  const at = printed.search(/80..0009org\.pisto/)
  const [signature, before] = [printed.slice(at, -8), printed.slice(6, at)]
  const moved = resealed(`000201${signature}${before}6304XXXX`)

  expect(at).toBeGreaterThan(0)
  expect(parse(moved).ok).toBe(true)
  expect(await examineSigned(moved, directory)).toEqual({ verdict: 'invalid', reason: 'signature_malformed' })
})

it('1,000 changes to a signed code: none is accepted', async () => {
  const anyChange = fc.record({
    code: fc.constantFrom('printed', 'shown'),
    at: fc.nat(1000),
    text: fc.oneof(fc.stringMatching(/^[0-9A-Za-z_-]{1,2}$/), fc.string({ minLength: 1, maxLength: 3 })),
    kind: fc.constantFrom('replace', 'insert', 'delete', 'case', 'double'),
    reseal: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(anyChange, async ({ code, at, text, kind, reseal }) => {
      const original = code === 'printed' ? printed : shown
      const changed = changeOf(original, kind, at % (original.length - 4), text)
      const payload = reseal ? resealed(changed) : changed
      if (payload === original) return

      expect(await verifySigned(payload, directory)).not.toBe('valid')
    }),
    { numRuns: 1000 },
  )
})

function changeOf(payload: string, kind: string, at: number, text: string): string {
  const [before, after] = [payload.slice(0, at), payload.slice(at)]
  if (kind === 'insert') return before + text + after
  if (kind === 'delete') return before + after.slice(text.length)
  if (kind === 'double') return before + after.slice(0, 8) + after
  if (kind === 'replace') return before + text + after.slice(text.length)
  const [letter = ''] = after
  return before + (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()) + after.slice(1)
}

it('other templates of networks stay, and are signed', async () => {
  const payload = await signPayload({ ...shop, unreserved: { '85': { '00': 'x', '01': 'y' } } }, bank.signingKey)

  expect(await verifySigned(payload, directory)).toBe('valid')
  expect(await verifySigned(resealed(payload.replace('0101y', '0101z')), directory)).toBe('invalid')
})

it('the longest GUID fits with an expiry', async () => {
  const guid = 'a'.repeat(26)
  const code = { ...aCode, merchantAccounts: withPistoTemplate({}, payee, { guid }) }

  const payload = await signPayload(code, bank.signingKey, { guid, expiresAt })

  expect(await verifySigned(payload, directory, { guid })).toBe('valid')
  expect(await verifySigned(payload, directory)).toBe('unsigned') // another GUID is another network
})

it.each([
  [aCode, {}, 'no template of ours'],
  [{ ...shop, unreserved: { '80': { '00': 'x' } } }, {}, '80 is taken'],
  [shop, { keyId: 'short' }, 'no key id'],
  [shop, { sign: () => new Uint8Array(63) }, 'no signature'],
])('%j with the key %j is not signed: %s', async (fields, key, _why) => {
  await expect(signPayload(fields, { ...bank.signingKey, ...key })).rejects.toThrow(RangeError)
})

it('stays small at error correction M: version 12 static, version 14 dynamic', () => {
  const versionOf = (payload: string): number => (modulesOf(payload, { quietZone: 0 }).length - 17) / 4

  expect(versionOf(printed)).toBeLessThanOrEqual(12)
  expect(versionOf(shown)).toBeLessThanOrEqual(14)
})
