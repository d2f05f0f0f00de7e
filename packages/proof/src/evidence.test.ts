import { expect, it } from 'vitest'
import { encodeBase64, encodeBase64Url } from './base64.ts'
import { commitment } from './commitment.ts'
import { type EvidenceBundle, signEvidence, verifyEvidence } from './evidence.ts'
import { signNote } from './note.ts'
import { ed25519Signer, type Signer } from './signer.ts'

const signer = ed25519Signer(new Uint8Array(32).fill(3))
const stranger = ed25519Signer(new Uint8Array(32).fill(4))
const salt = new Uint8Array(32).fill(5)
const record = { actor: 'ana', note: 'ñ "x"' }
const opened = {
  transactionId: 'txn_1',
  leafIndex: 4,
  commitment: encodeBase64(commitment(salt, record)),
  salt: encodeBase64(salt),
  record,
}
const bundle: EvidenceBundle & { readonly alias: string } = {
  issuer: 'gtbank',
  audience: 'gtcoop',
  livemode: true,
  issuedAt: '2026-11-24T12:00:00.000Z',
  origin: 'bank.example/log',
  records: [opened],
  alias: '123456789012',
}

const keyOf = ({ publicKey }: Signer, change = {}) => ({
  x: encodeBase64Url(publicKey),
  use: 'evidence' as const,
  tenant: 'gtbank',
  livemode: true,
  ...change,
})

it('a third party reads what the tenant said, by its published key alone', async () => {
  const text = await signEvidence(bundle, signer)

  expect(await verifyEvidence(text, [keyOf(stranger), keyOf(signer)])).toEqual(bundle)
})

it.each([
  ['another tenant’s key', keyOf(signer, { tenant: 'hnbank' })],
  ['a key of the other mode', keyOf(signer, { livemode: false })],
  ['a key of another use', keyOf(signer, { use: 'qr' })],
  ['somebody else’s key', keyOf(stranger)],
])('is not believed by %s', async (_whose, key) => {
  const text = await signEvidence(bundle, signer)

  await expect(verifyEvidence(text, [key])).rejects.toMatchObject({ code: 'signature_missing' })
})

it('a record that the leaf did not commit to is refused, though it is signed', async () => {
  const text = await signEvidence({ ...bundle, records: [{ ...opened, record: { actor: 'eva' } }] }, signer)

  await expect(verifyEvidence(text, [keyOf(signer)])).rejects.toMatchObject({ code: 'commitment_mismatch' })
})

it('every changed character is noticed', async () => {
  const text = await signEvidence(bundle, signer)
  for (let at = 0; at < text.length; at += 3) {
    const changed = `${text.slice(0, at)}${text[at] === 'a' ? 'b' : 'a'}${text.slice(at + 1)}`
    await expect(verifyEvidence(changed, [keyOf(signer)]), `at ${at}`).rejects.toThrow()
  }
})

it.each([
  ['another header', 'pisto-key-directory-v1\n{}\n'],
  ['no JSON', 'pisto-evidence-v1\n{\n'],
  ['no object', 'pisto-evidence-v1\n[]\n'],
  ['nobody who says it', 'pisto-evidence-v1\n{"audience":"b"}\n'],
  ['no mode', 'pisto-evidence-v1\n{"audience":"b","issuer":"a","origin":"o"}\n'],
  [
    'records that are none',
    'pisto-evidence-v1\n{"audience":"b","issuedAt":"t","issuer":"a","livemode":true,"origin":"o","records":[1]}\n',
  ],
  [
    'another spelling',
    'pisto-evidence-v1\n{"issuer":"a","audience":"b","issuedAt":"t","livemode":true,"origin":"o","records":[]}\n',
  ],
])('refuses a signed note with %s', async (_what, body) => {
  const text = await signNote(body, { name: 'pisto-evidence-v1/a', signer })

  await expect(verifyEvidence(text, [keyOf(signer, { tenant: 'a' })])).rejects.toMatchObject({
    code: 'evidence_malformed',
  })
})
