import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  canonicalBytes,
  commitment,
  ed25519Signer,
  encodeBase64,
  formatTlogProof,
  formatVerifierKey,
  leafHash,
  nodeHash,
  signCheckpoint,
} from '@pisto/proof'
import { expect, it } from 'vitest'
import { ownFolder, publishedKey, writeKeysFile } from '../testing/keys-file.ts'
import { record as run } from '../testing/recording-terminal.ts'

const TENANT = 'ten_01kb2xbfmze3mv9d0fq0n5x3ck'
const ORIGIN = 'bank.example/log/gtbank'
const signer = ed25519Signer(new Uint8Array(32).fill(7))
const salt = new Uint8Array(32).fill(9)
const record = { reference: 'Mesa 4', metadata: {} }
const reason = { reason: 'Vuelto' }
const leaf = canonicalBytes({
  v: 1,
  tenant: TENANT,
  sequence: 2,
  id: 'txn_01kb2xbfmze3mv9d0fq0n5x3cm',
  time: '2026-11-24T14:00:00.000Z',
  purpose: 'payment.completed',
  references: { paymentId: 'pay_01kb2xbfmze3mv9d0fq0n5x3ck' },
  transfers: [{ kind: 'posted', debit: 'acc_1', credit: 'acc_2', amount: '30.10', currency: 'GTQ' }],
  commitments: [record, reason].map((text) => encodeBase64(commitment(salt, text))),
})
const first = leafHash(new TextEncoder().encode('{}'))
const root = nodeHash(first, leafHash(leaf))
const checkpoint = await signCheckpoint({ origin: ORIGIN, size: 2, root }, signer)
const proof = formatTlogProof({ index: 1, path: [first], checkpoint, leaf })

const folder = await ownFolder('proof')
const key = publishedKey(signer, 'checkpoint')
const writeKeys = (change: Partial<typeof key> = {}): Promise<string> => writeKeysFile(folder, { ...key, ...change })
const vkey = formatVerifierKey({ name: ORIGIN, publicKey: signer.publicKey })

it('a full receipt verifies off line, and tells what the bank has signed', async () => {
  const recording = await run(['verify-receipt', '-', '--keys', await writeKeys(), '--json'], { input: proof })

  expect(JSON.parse(recording.out)).toEqual({
    ok: true,
    reason: null,
    origin: ORIGIN,
    treeSize: 2,
    leafIndex: 1,
    tenantId: TENANT,
    tenantCode: 'gtbank',
    livemode: false,
    transactionId: 'txn_01kb2xbfmze3mv9d0fq0n5x3cm',
    paymentId: 'pay_01kb2xbfmze3mv9d0fq0n5x3ck',
    purpose: 'payment.completed',
    time: '2026-11-24T14:00:00.000Z',
    texts: [],
    transfers: [{ kind: 'posted', amount: '30.10', currency: 'GTQ' }],
  })
  expect(recording.exitCode).toBe(0)
})

it('the log’s own key will do instead of a list', async () => {
  const recording = await run(['verify-receipt', '-', '--key', vkey, '--json'], { input: proof })

  expect(JSON.parse(recording.out)).toMatchObject({ ok: true, origin: ORIGIN, tenantCode: null, leafIndex: 1 })
})

const other = ed25519Signer(new Uint8Array(32).fill(8))
it.each<[string, string, string]>([
  // text, reason, why
  [proof.replace('index 1', 'index 0'), 'root_mismatch', 'another place'],
  [proof.replace(/extra .*\n/, ''), 'leaf_missing', 'it does not say what was booked'],
  [formatTlogProof({ index: 1, path: [], checkpoint, leaf }), 'path_length', 'nothing leads to the root'],
  [
    formatTlogProof({ index: 1, path: [first], checkpoint, leaf: canonicalBytes({ tenant: TENANT, sequence: 2 }) }),
    'root_mismatch',
    'another leaf',
  ],
  [proof.replace('@v1', '@v2'), 'tlog_proof_malformed', 'a version that nobody knows'],
  [proof.slice(0, -20), 'note_malformed', 'cut off'],
  [
    formatTlogProof({
      index: 1,
      path: [first],
      checkpoint: await signCheckpoint({ origin: ORIGIN, size: 2, root }, other),
      leaf,
    }),
    'signature_missing',
    'signed by somebody else',
  ],
])('%#: is refused as %s: %s', async (text, reason, _why) => {
  const recording = await run(['verify-receipt', '-', '--keys', await writeKeys(), '--json'], { input: text })

  expect(recording.exitCode).toBe(1)
  expect(JSON.parse(recording.out)).toMatchObject({ ok: false, reason, transactionId: null, transfers: [] })
})

it.each([
  ['for receipts', { use: 'receipt' }],
  ['of another tenant', { tenantId: 'ten_01kb2xbfmze3mv9d0fq0n5x3cp' }],
])('a key %s does not count', async (_what, change) => {
  const recording = await run(['verify-receipt', '-', '--keys', await writeKeys(change), '--json'], { input: proof })

  expect(JSON.parse(recording.out)).toMatchObject({ ok: false, reason: 'signature_missing' })
})

it('tells a person in Spanish', async () => {
  const flags = ['--keys', await writeKeys(), '--language', 'es']
  const { out } = await run(['verify-receipt', '-', ...flags], { input: proof })
  const forged = await run(['verify-receipt', '-', ...flags], { input: proof.replace('index 1', 'index 0') })

  expect(out).toContain('AUTÉNTICO')
  expect(out).toContain('30.10 GTQ')
  expect(out).toContain('gtbank (prueba: no es dinero real)')
  expect(forged.out).toContain('NO ES AUTÉNTICO')
  expect(forged.out).not.toContain('30.10')
})

it.each([
  [[], /--keys is missing/],
  [['--key', 'nonsense'], /is no key of a log/],
  [['--key', vkey, '--keys', 'keys.json'], /one of them/],
] as const)('%j: used wrongly', async (flags, error) => {
  const recording = await run(['verify-receipt', '-', ...flags], { input: proof })

  expect(recording.exitCode).toBe(2)
  expect(recording.error).toMatch(error)
})

it.each([
  [record, 0, { ok: true, texts: [record] }, 'what the payer wrote'],
  [{ ...record, reference: 'Mesa 5' }, 1, { ok: false, reason: 'commitment_mismatch', texts: [] }, 'another text'],
] as const)('an opening %j: exit code %i', async (opened, exitCode, told, _why) => {
  const file = join(folder, 'receipt.json')
  await writeFile(file, JSON.stringify({ compact: 'PR1,…', opening: { salt: encodeBase64(salt), record: opened } }))
  const flags = ['--keys', await writeKeys(), '--opening', file]
  const recording = await run(['verify-receipt', '-', ...flags, '--json'], { input: proof })
  const { out } = await run(['verify-receipt', '-', ...flags], { input: proof })

  expect([recording.exitCode, JSON.parse(recording.out)]).toEqual([exitCode, expect.objectContaining(told)])
  expect(out.includes('reference: "Mesa 4"')).toBe(exitCode === 0)
})

const open = async (document: object, ...flags: readonly string[]) => {
  const file = join(folder, 'openings.json')
  await writeFile(file, JSON.stringify(document))
  return run(['verify-receipt', '-', '--key', vkey, '--opening', file, ...flags], { input: proof })
}
const opening = (opened: object) => ({ salt: encodeBase64(salt), record: opened })

it.each([
  [[record], 0, { ok: true, texts: [record] }, 'the only one opens'],
  [[record, reason], 0, { ok: true, texts: [record, reason] }, 'all open'],
  [[record, { reason: 'Otro' }], 1, { ok: false, reason: 'commitment_mismatch', texts: [] }, 'the second was changed'],
  [[{ reason: 'Otro' }, record], 1, { ok: false, reason: 'commitment_mismatch', texts: [] }, 'the first was changed'],
] as const)('openings of the log %j: exit code %i', async (opened, exitCode, told, _why) => {
  const recording = await open({ data: opened.map(opening) }, '--json')
  const { out } = await open({ data: opened.map(opening) })

  expect([recording.exitCode, JSON.parse(recording.out)]).toEqual([exitCode, expect.objectContaining(told)])
  expect(out.includes('reason: "Vuelto"')).toBe(told.ok && opened.length === 2)
})

it.each([
  [{ compact: 'PR1,…', opening: null }, 'a receipt without a text'],
  [{ data: [] }, 'a transaction without a text'],
  [{ data: [opening(record), { salt: 'c2FsdA==', record: null }] }, 'one of two is none'],
  [[], 'another file'],
])('%j has no opening: %s', async (document, _why) => {
  const recording = await open(document)

  expect([recording.exitCode, recording.error]).toEqual([2, expect.stringContaining('has no opening')])
})
