import { createHash } from 'node:crypto'
import { Attestation, type DeviceKey, PistoProblem } from '@pisto/contract'
import { canonicalJson, encodeBase64Url } from '@pisto/proof'
import { compactVerify, importJWK } from 'jose'
import type { Validate } from '../platform/http/validators.ts'

/** What the journal sent, as the device had it when it signed. */
export interface AttestedOperation {
  readonly id: string
  readonly deviceId: string
  readonly kind: string
  readonly subject: string
  readonly body: unknown
}

/**
 * Checks what an agent attested: signed by the key of this device, about this operation and exactly this body.
 *
 * @param jws Compact, ES256; undefined: there is none.
 * @throws {PistoProblem} `attestation_invalid`; `facts.reason`: `missing`, `signature`, `content`, `other_operation`
 * @see RFC 7515 (JWS), RFC 7518 section 3.4 (ES256)
 */
export async function verifyAttestation(
  validate: Validate,
  publicKey: DeviceKey,
  operation: AttestedOperation,
  jws: string | undefined,
): Promise<Attestation> {
  if (jws === undefined) throw invalid('missing')
  const key = await importJWK({ ...publicKey, alg: 'ES256' })
  const verified = await compactVerify(jws, key, { algorithms: ['ES256'] }).catch(() => {
    throw invalid('signature')
  })
  const attested = parsed(verified.payload)
  if (validate(Attestation, attested).length > 0) throw invalid('content')
  const attestation = attested as Attestation
  if (Number.isNaN(Date.parse(attestation.attestedAt))) throw invalid('content')
  const isOfThis =
    attestation.deviceId === operation.deviceId &&
    attestation.operationId === operation.id &&
    attestation.bodyHash === attestedHash(operation)
  if (!isOfThis) throw invalid('other_operation')
  return attestation
}

/** What the attestation has a hash of: whom it is about, and all that was filled in. */
export function attestedHash({ kind, subject, body }: Pick<AttestedOperation, 'kind' | 'subject' | 'body'>): string {
  return encodeBase64Url(new Uint8Array(createHash('sha256').update(canonicalJson({ kind, subject, body })).digest()))
}

function parsed(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
  } catch {
    throw invalid('content')
  }
}

const invalid = (reason: string): PistoProblem => new PistoProblem('attestation_invalid', { reason })
