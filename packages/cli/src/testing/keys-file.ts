import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keyId, type Signer } from '@pisto/proof'
import { afterAll } from 'vitest'

/** A published key as a directory answers it. */
export const publishedKey = (signer: Pick<Signer, 'publicKey'>, use: string) => ({
  kid: keyId(signer.publicKey),
  kty: 'OKP',
  crv: 'Ed25519',
  x: Buffer.from(signer.publicKey).toString('base64url'),
  use,
  tenantId: 'ten_01kb2xbfmze3mv9d0fq0n5x3ck',
  tenantCode: 'gtbank',
  livemode: false,
  validFrom: '2026-01-01T00:00:00Z',
  validTo: null,
})

/** A folder that goes when the file's tests are over. */
export async function ownFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `pisto-${name}-`))
  afterAll(() => rm(folder, { recursive: true }))
  return folder
}

/** Writes a directory of keys into a folder. @returns Its path. */
export async function writeKeysFile(folder: string, ...keys: readonly object[]): Promise<string> {
  const path = join(folder, 'keys.json')
  await writeFile(path, JSON.stringify({ keys }))
  return path
}
