import type { InclusionProof, PublishedKey } from '@pisto/contract'
import {
  commitment,
  decodeBase64,
  encodeBase64,
  encodeBase64Url,
  formatTlogProof,
  generateSigner,
  leafHash,
  nodeHash,
  signCheckpoint,
} from '@pisto/proof'
import { beforeAll, describe, expect, it } from 'vitest'
import { verifyOpening, verifyProof, verifyProofText } from './verify-proof.ts'

const tenant = { id: 'ten_1', logOrigin: 'bank.example/log' }
const leafOf = (id: string, sequence: number, tenantId = 'ten_1'): string =>
  JSON.stringify({ id, sequence, tenant: tenantId, v: 1 })
const leaves = [leafOf('txn_1', 1), leafOf('txn_2', 2)].map((text) => new TextEncoder().encode(text))
let proof: InclusionProof
let key: PublishedKey

beforeAll(async () => {
  const { signer } = generateSigner((length) => new Uint8Array(length).fill(7))
  const [first, second] = leaves.map((leaf) => leafHash(leaf))
  const [leaf] = leaves
  if (!first || !second || !leaf) throw new Error('two leaves')
  const root = nodeHash(first, second)
  proof = {
    transactionId: 'txn_1',
    sequence: 1,
    leafIndex: 0,
    leaf: encodeBase64(leaf),
    leafHash: encodeBase64(first),
    treeSize: 2,
    path: [encodeBase64(second)],
    checkpoint: await signCheckpoint({ origin: tenant.logOrigin, size: 2, root }, signer),
  }
  key = {
    kid: signer.keyId,
    kty: 'OKP',
    crv: 'Ed25519',
    x: encodeBase64Url(signer.publicKey),
    use: 'checkpoint',
    tenantId: tenant.id,
    tenantCode: 'gtbank',
    livemode: false,
    validFrom: '2026-01-01T00:00:00.000Z',
    validTo: null,
  }
})

it('gives the transaction that is proven', async () => {
  expect(await verifyProof(proof, tenant, [key])).toEqual({
    transactionId: 'txn_1',
    sequence: 1,
    leaf: leafOf('txn_1', 1),
  })
})

it.each<[string, string, Partial<InclusionProof>]>([
  ['another leaf', 'root_mismatch', { leaf: btoa(leafOf('txn_9', 1)) }],
  ['another leaf with its own hash', 'root_mismatch', { leaf: btoa('x'), leafHash: 'AAAA' }],
  ['another place', 'root_mismatch', { leafIndex: 1, sequence: 2 }],
  ['the leaf of another transaction', 'leaf_missing', { transactionId: 'txn_2' }],
  ['another size than the checkpoint', 'size_out_of_range', { treeSize: 3 }],
  ['no path', 'path_length', { path: [] }],
  ['a note that is none', 'note_malformed', { checkpoint: 'bank.example/log\n2\n' }],
  ['base64 that is none', 'base64_malformed', { path: ['*'] }],
])('refuses a proof with %s: %s', async (_what, code, change) => {
  await expect(verifyProof({ ...proof, ...change }, tenant, [key])).rejects.toMatchObject({ code })
})

it.each<[string, Partial<PublishedKey>]>([
  ['of another tenant', { tenantId: 'ten_2' }],
  ['for receipts', { use: 'receipt' }],
])('does not believe a key %s', async (_what, change) => {
  await expect(verifyProof(proof, tenant, [{ ...key, ...change }])).rejects.toMatchObject({ code: 'signature_missing' })
})

const textOf = (change: Partial<InclusionProof> = {}): string => {
  const { leafIndex: index, path, checkpoint, leaf } = { ...proof, ...change }
  return formatTlogProof({ index, path: path.map((hash) => decodeBase64(hash)), checkpoint, leaf: decodeBase64(leaf) })
}

it('a proof as text gives the same, by what is in it alone', async () => {
  expect(await verifyProofText(textOf(), tenant, [key])).toEqual(await verifyProof(proof, tenant, [key]))
})

it.each<[string, string, () => string]>([
  ['another leaf', 'root_mismatch', () => textOf({ leaf: btoa(leafOf('txn_9', 1)) })],
  ['another place', 'root_mismatch', () => textOf({ leafIndex: 1 })],
  ['no path', 'path_length', () => textOf({ path: [] })],
  ['no leaf', 'leaf_missing', () => textOf().replace(/extra .*\n/, '')],
  ['nothing in it', 'tlog_proof_malformed', () => ''],
])('refuses a text with %s: %s', async (_what, code, text) => {
  await expect(verifyProofText(text(), tenant, [key])).rejects.toMatchObject({ code })
})

it('a leaf of another tenant in a log that this tenant has signed proves nothing', async () => {
  await expect(
    verifyProofText(textOf(), { ...tenant, id: 'ten_2' }, [{ ...key, tenantId: 'ten_2' }]),
  ).rejects.toMatchObject({
    code: 'leaf_missing',
  })
})

it('believes a later epoch of the same log: it goes on under another name after a restore', async () => {
  const { signer } = generateSigner((length) => new Uint8Array(length).fill(7))
  const [first = new Uint8Array(), second = new Uint8Array()] = leaves.map((leaf) => leafHash(leaf))
  const head = { origin: `${tenant.logOrigin}/2`, size: 2, root: nodeHash(first, second) }
  const later = { checkpoint: await signCheckpoint(head, signer) }

  expect((await verifyProof({ ...proof, ...later }, tenant, [key])).transactionId).toBe('txn_1')
  expect((await verifyProofText(textOf(later), tenant, [key])).transactionId).toBe('txn_1')
})

it('does not believe the log of another origin', async () => {
  const other = { ...tenant, logOrigin: 'other.example/log' }
  await expect(verifyProof(proof, other, [key])).rejects.toMatchObject({ code: 'signature_missing' })
})

describe('an opening', () => {
  const salt = new Uint8Array(32).fill(9)
  const record = { reference: 'Mesa 4', metadata: { note: 'sin chile' } }
  const leaf = JSON.stringify({ id: 'txn_1', commitments: [encodeBase64(commitment(salt, record))] })

  it('shows what the commitment is to', () => {
    verifyOpening(leaf, { salt: encodeBase64(salt), record: { metadata: { note: 'sin chile' }, reference: 'Mesa 4' } })
  })

  it.each<[string, string, object]>([
    ['another text', encodeBase64(salt), { ...record, reference: 'Mesa 5' }],
    ['less than all of it', encodeBase64(salt), { reference: 'Mesa 4' }],
    ['another salt', encodeBase64(new Uint8Array(32)), record],
  ])('of %s is refused', (_what, otherSalt, otherRecord) => {
    expect(() => verifyOpening(leaf, { salt: otherSalt, record: { ...otherRecord } })).toThrow(
      expect.objectContaining({ code: 'commitment_mismatch' }),
    )
  })

  it('with a salt of another length is refused: HMAC would pad it', () => {
    expect(() => verifyOpening(leaf, { salt: encodeBase64(salt.slice(1)), record })).toThrow(
      expect.objectContaining({ code: 'base64_malformed' }),
    )
  })
})
