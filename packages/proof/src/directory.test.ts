import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeKeysOf, pinnedBy, type SignedDirectory, signDirectory, verifyDirectory } from './directory.ts'
import { signNote } from './note.ts'
import { publishKey } from './publish-key.ts'
import type { PublishedKey } from './published-key.ts'
import { ed25519Signer, type Signer } from './signer.ts'

const signerOf = (n: number): Signer => ed25519Signer(new Uint8Array(32).fill(n))
const [root, nextRoot, codes, receipts, others, stranger] = [1, 2, 3, 4, 5, 6].map(signerOf) as [
  Signer,
  Signer,
  Signer,
  Signer,
  Signer,
  Signer,
]
const keyOf = (signer: Signer, about: Partial<PublishedKey>): PublishedKey => ({
  ...publishKey(signer.publicKey, {
    use: 'qr',
    tenant: 'gtbank',
    livemode: true,
    validFrom: '2026-01-01T00:00:00Z',
    validTo: null,
  }),
  ...about,
})
const directory: SignedDirectory = {
  issuer: 'gtbank',
  number: 7,
  issuedAt: '2026-11-24T12:00:00Z',
  tenants: [
    { code: 'gtbank', name: 'Banco de la Ceiba' },
    { code: 'hnbank', name: 'Banco Maya del Norte' },
  ],
  keys: [
    keyOf(root, { use: 'directory' }),
    keyOf(codes, { validTo: '2026-06-01T00:00:00Z' }),
    keyOf(receipts, { use: 'receipt' }),
    keyOf(others, { tenant: 'hnbank', livemode: false }),
  ],
}
const pinned = pinnedBy(directory)
const text = await signDirectory(directory, [root])
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepted',
    (error: unknown) => (error as { code: string }).code,
  )
/** As `keyId` makes them, also of what is no key. */
const sha256Id = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64url').slice(0, 8)
const signedText = (json: string, header = 'pisto-key-directory-v1', name = 'pisto-key-directory-v1/gtbank') =>
  signNote(`${header}\n${json}\n`, { name, signer: root })

it('is read as it was signed, by the key that was pinned', async () => {
  expect(await verifyDirectory(text, pinned)).toEqual(directory)
  expect(pinned).toEqual({ issuer: 'gtbank', keys: [directory.keys[0]?.x] })
})

it('the form is a signed note: header, canonical JSON, signature', async () => {
  const [header, json, empty, signature] = text.split('\n')

  expect([header, empty]).toEqual(['pisto-key-directory-v1', ''])
  expect(json).toMatch(/^\{"issuedAt":"2026-11-24T12:00:00Z","issuer":"gtbank","keys":\[\{"crv":"Ed25519",/)
  expect(signature).toMatch(/^— pisto-key-directory-v1\/gtbank /)
})

describe('number', () => {
  it.each([
    // known, number now, end, why
    [undefined, 7, 'accepted', 'the first one'],
    [{ ...directory, number: 6 }, 7, 'accepted', 'a newer one'],
    [directory, 7, 'accepted', 'the same again'],
    [{ ...directory, number: 8 }, 7, 'directory_outdated', 'somebody gives an old list, with a key withdrawn since'],
    [{ ...directory, tenants: [] }, 7, 'directory_contradicts', 'one number says two things'],
    [{ ...directory, issuer: 'hnbank', number: 99 }, 7, 'accepted', 'another issuer counts by itself'],
  ])('%#: %s', async (previous, number, end, _why) => {
    expect(await codeOf(verifyDirectory(await signDirectory({ ...directory, number }, [root]), pinned, previous))).toBe(
      end,
    )
  })

  it.each([0, -1, 1.5, Number.NaN, 2 ** 53])('%d is none', async (number) => {
    await expect(signDirectory({ ...directory, number }, [root])).rejects.toThrow(RangeError)
  })
})

describe('who signs', () => {
  it.each([
    ['a stranger', async () => signDirectory(directory, [stranger]), 'signature_missing'],
    ['its receipt key', async () => signDirectory(directory, [receipts]), 'signature_missing'],
    ['another issuer', async () => signDirectory({ ...directory, issuer: 'hnbank' }, [root]), 'signature_missing'],
    [
      'one who writes another issuer inside',
      async () => signedText(JSON.stringify({ ...directory, issuer: 'hnbank' })),
      'directory_malformed',
    ],
  ])('%s is not believed', async (_who, textOf, code) => {
    expect(await codeOf(verifyDirectory(await textOf(), pinned))).toBe(code)
  })

  it('a device follows a rotation: both keys sign, the new one is listed, then the old one is withdrawn', async () => {
    const both = { ...directory, number: 8, keys: [...directory.keys, keyOf(nextRoot, { use: 'directory' })] }
    const after = { ...both, number: 9, keys: both.keys.slice(1) }
    const seen = await verifyDirectory(await signDirectory(both, [root, nextRoot]), pinned, directory)
    const last = await signDirectory(after, [nextRoot])

    expect(await verifyDirectory(last, pinnedBy(seen), seen)).toEqual(after)
    expect(await codeOf(verifyDirectory(last, pinned, directory))).toBe('signature_missing')
    expect(await codeOf(verifyDirectory(text, pinnedBy(after), undefined))).toBe('signature_missing')
  })

  it('another tenant’s directory key is not pinned with it', () => {
    const keys = [...directory.keys, keyOf(stranger, { use: 'directory', tenant: 'hnbank' })]

    expect(pinnedBy({ ...directory, keys })).toEqual(pinned)
  })
})

it.each([
  // what is signed, why it is no directory
  [() => signedText('[]'), 'a list'],
  [() => signedText('{'), 'no JSON'],
  [() => signedText('{}'), 'nothing in it'],
  [() => signedText('{}', 'pisto-receipt-v1'), 'a text of another kind'],
  [() => signedText(`${JSON.stringify(directory)}\nmore`), 'a third line'],
  [() => signedText(JSON.stringify({ ...directory, number: '7' })), 'the number is text'],
  [() => signedText(JSON.stringify({ ...directory, issuedAt: 'today' })), 'no date'],
  [() => signedText(JSON.stringify({ ...directory, tenants: [{ code: 'x' }] })), 'a tenant without name'],
  [() => signedText(JSON.stringify({ ...directory, keys: [keyOf(codes, { kid: receipts.keyId })] })), 'a wrong key id'],
  [
    () => signedText(JSON.stringify({ ...directory, keys: [keyOf(codes, { validTo: 'later' })] })),
    'an end that is none',
  ],
  [() => signedText(JSON.stringify({ ...directory, keys: [{ kid: 'x' }] })), 'a key that is none'],
])('refuses %#: %s', async (textOf, _why) => {
  expect(await codeOf(verifyDirectory(await textOf(), pinned))).toBe('directory_malformed')
})

const KEY = keyOf(codes, {})
const shortKey = new Uint8Array(31)

type NoDirectory = readonly [member: keyof SignedDirectory, value: unknown, why: string]

it.each<NoDirectory>([
  ['issuer', '', 'nobody’s'],
  ['number', 0, 'numbers begin with one'],
  ['tenants', {}, 'no list of tenants'],
  ['tenants', [...directory.tenants, { name: 'Sin código' }], 'one of the tenants has no code'],
  ['tenants', [...directory.tenants, ['gtbank', 'Banco']], 'one of the tenants is a list'],
  ['tenants', [...directory.tenants, null], 'one of the tenants is nothing'],
  ['keys', {}, 'no list of keys'],
  ['keys', [KEY, null], 'one of the keys is nothing'],
  ['keys', [KEY, 'key'], 'one of the keys is text'],
  ...(['x', 'kid', 'use', 'tenant', 'livemode', 'validFrom', 'validTo'] as const).map(
    (member) => ['keys', [{ ...KEY, [member]: undefined }], `a key without ${member}`] as NoDirectory,
  ),
  ...(['x', 'kid', 'use', 'tenant', 'livemode'] as const).map(
    (member) => ['keys', [{ ...KEY, [member]: 1 }], `a key whose ${member} is a number`] as NoDirectory,
  ),
  [
    'keys',
    [{ ...KEY, x: Buffer.from(shortKey).toString('base64url'), kid: sha256Id(shortKey) }],
    'a key of 31 bytes, under the id that it would have',
  ],
])('refuses a directory whose %s is %j: %s', async (member, value, _why) => {
  const signed = await signedText(JSON.stringify({ ...directory, [member]: value }))

  await expect(verifyDirectory(signed, pinned)).rejects.toMatchObject({
    code: 'directory_malformed',
    message: expect.stringMatching(/^not a directory: \S/),
  })
})

it('refuses a whole directory under the header of another kind of text', async () => {
  const signed = await signedText(JSON.stringify(directory), 'pisto-receipt-v1')

  expect(await codeOf(verifyDirectory(signed, pinned))).toBe('directory_malformed')
})

it('a number that was lower or said something else names both numbers', async () => {
  const later = { ...directory, number: 8 }

  await expect(verifyDirectory(text, pinned, later)).rejects.toThrow('number 7 is older than 8')
  await expect(verifyDirectory(text, pinned, { ...directory, tenants: [] })).rejects.toThrow('number 7 was')
})

it('a key of a use that is not known yet is left out, the rest is read', async () => {
  const later = { ...keyOf(stranger, {}), use: 'card' }

  const read = await verifyDirectory(
    await signedText(JSON.stringify({ ...directory, keys: [...directory.keys, later] })),
    pinned,
  )
  expect(read.keys).toEqual(directory.keys)
})

it('no text that differs in a character is read', async () => {
  const change = fc.record({ at: fc.nat(text.length - 1), cut: fc.nat(2), put: fc.string({ maxLength: 2 }) })
  await fc.assert(
    fc.asyncProperty(change, async ({ at, cut, put }) => {
      const changed = text.slice(0, at) + put + text.slice(at + cut)
      fc.pre(changed !== text)

      expect(await codeOf(verifyDirectory(changed, pinned))).not.toBe('accepted')
    }),
    { numRuns: 300 },
  )
})

describe('keys of codes', () => {
  const find = codeKeysOf(directory, { livemode: true })

  it.each([
    // key, found, why
    [codes.keyId, true, 'one that has ended: printed codes outlive it'],
    [receipts.keyId, false, 'of another use'],
    [others.keyId, false, 'of the other mode'],
    [stranger.keyId, false, 'in no directory: withdrawn, or never there'],
  ])('%s: %s (%s)', (id, isFound, _why) => {
    expect(find(id) !== undefined).toBe(isFound)
  })

  it('come with their tenant', () => {
    expect(find(codes.keyId)).toEqual({ publicKey: codes.publicKey, tenantCode: 'gtbank' })
  })
})
