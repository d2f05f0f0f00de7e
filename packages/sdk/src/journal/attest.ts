import type { Attestation } from '@pisto/contract'
import { canonicalJson, encodeBase64Url } from '@pisto/proof'
import type { DeviceSigner } from './device-key.ts'
import type { Declaration, JournalEntry } from './entry.ts'

/** Members in this order and nothing else: what is signed has one text. */
const HEADER = encodeBase64Url(new TextEncoder().encode('{"alg":"ES256"}'))

/**
 * Signs what an agent declares about a person, over exactly what was filled in.
 *
 * @returns A compact JWS. @see RFC 7515 section 7.1
 */
export async function attest(
  signer: DeviceSigner,
  deviceId: string,
  { id, kind, subject, body, clientTime }: Pick<JournalEntry, 'id' | 'kind' | 'subject' | 'body' | 'clientTime'>,
  { textVersion, documentSeen, consentGiven, place }: Declaration,
): Promise<string> {
  const filledIn = new TextEncoder().encode(canonicalJson({ kind, subject, body }))
  const attestation: Attestation = {
    textVersion,
    documentSeen,
    consentGiven,
    attestedAt: clientTime,
    place: place ?? null,
    deviceId,
    operationId: id,
    bodyHash: encodeBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', filledIn))),
  }
  const payload = encodeBase64Url(new TextEncoder().encode(canonicalJson(attestation)))
  const signature = await signer.sign(new TextEncoder().encode(`${HEADER}.${payload}`))
  return `${HEADER}.${payload}.${encodeBase64Url(signature)}`
}
