import { randomUUID } from 'node:crypto'
import { link, open, readFile, rm } from 'node:fs/promises'
import { createDeviceKey, type DeviceSigner, deviceSigner } from '../device-key.ts'

const P_256 = { name: 'ECDSA', namedCurve: 'P-256' } as const

/**
 * The device's key in a file that only its owner may read, made when it is first asked for.
 *
 * @param path Of the file: a private JWK (RFC 7517).
 */
export async function fileSigner(path: string): Promise<DeviceSigner> {
  const text = await readFile(path, 'utf8').catch(() => makeKey(path))
  const { d, kty, crv, x, y } = JSON.parse(text)
  return deviceSigner({
    publicKey: await crypto.subtle.importKey('jwk', { kty, crv, x, y }, P_256, true, ['verify']),
    privateKey: await crypto.subtle.importKey('jwk', { d, kty, crv, x, y }, P_256, false, ['sign']),
  })
}

/** Whole or not at all; who comes second gets the first one's. */
async function makeKey(path: string): Promise<string> {
  const { privateKey } = await createDeviceKey({ extractable: true })
  const beside = `${path}.${randomUUID()}`
  const file = await open(beside, 'w', 0o600)
  await file.writeFile(JSON.stringify(await crypto.subtle.exportKey('jwk', privateKey)))
  await file.sync()
  await file.close()
  await link(beside, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(beside)
  return readFile(path, 'utf8')
}
