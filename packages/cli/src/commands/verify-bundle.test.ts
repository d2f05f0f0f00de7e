import { commitment, type EvidenceBundle, ed25519Signer, encodeBase64, signEvidence } from '@pisto/proof'
import { expect, it } from 'vitest'
import { ownFolder, publishedKey, writeKeysFile } from '../testing/keys-file.ts'
import { record } from '../testing/recording-terminal.ts'

const signer = ed25519Signer(new Uint8Array(32).fill(9))
const salt = new Uint8Array(32).fill(1)
const decision = { actor: 'ana.lopez', note: null }
const bundle: EvidenceBundle = {
  issuer: 'gtbank',
  audience: 'gtcoop',
  livemode: false,
  issuedAt: '2026-11-24T12:00:00.000Z',
  origin: 'pisto.example/log/gtbank',
  records: [
    {
      transactionId: 'txn_01kb2xbfmze3mv9d0fq0n5x3ck',
      leafIndex: 7,
      commitment: encodeBase64(commitment(salt, decision)),
      salt: encodeBase64(salt),
      record: decision,
    },
  ],
}

const keysFile = await writeKeysFile(await ownFolder('bundle'), publishedKey(signer, 'evidence'))

const check = (input: string, ...flags: readonly string[]) =>
  record(['verify-bundle', '-', '--keys', keysFile, ...flags], { input })

it('says who signed a bundle, for whom, and which leaves it opens', async () => {
  const { exitCode, out } = await check(await signEvidence(bundle, signer))

  expect(exitCode).toBe(0)
  expect(out).toContain('genuine: signed by gtbank for gtcoop')
  expect(out).toContain('leaf 7: txn_01kb2xbfmze3mv9d0fq0n5x3ck')
})

it.each([
  ['signature_invalid', 'a word was changed', (text: string) => text.replace('gtcoop', 'hnbank')],
  ['signature_missing', 'another bank is named', (text: string) => text.replaceAll('gtbank', 'svred')],
  ['note_malformed', 'the signature is cut off', (text: string) => text.slice(0, 40)],
])('%s: %s', async (code, _why, change) => {
  const { exitCode, out } = await check(change(await signEvidence(bundle, signer)), '--json')

  expect(exitCode).toBe(1)
  expect(JSON.parse(out)).toMatchObject({ ok: false, code })
})
