import { isSignatureOf, keyIdOf } from './ed25519.ts'
import { parse } from './parse.ts'
import { claimsPisto, type GuidOption, pistoTemplate } from './pisto-template.ts'
import { readSignature } from './read-signature.ts'

/** A key from the directory of tenants. */
export interface VerificationKey {
  /** 32 bytes, Ed25519. */
  readonly publicKey: Uint8Array
  /** The tenant it belongs to: it can sign no other tenant's codes. */
  readonly tenantCode: string
}

/**
 * Finds a key by its id. It must give only keys that may sign codes (use `qr`), of the wallet's own mode: a sandbox key
 * is unknown to a live wallet. Also keys that have ended, for as long as they are published: printed codes outlive them.
 */
export type LookupKey = (keyId: string) => Promise<VerificationKey | undefined> | VerificationKey | undefined

/**
 * - `valid`: the tenant named in the code issued it, for this payee, under this name.
 * - `invalid`: refuse. The code was changed, or is not what it claims to be.
 * - `missing`: refuse. It claims to be a code of ours, but its signature is gone.
 * - `unsigned`: the code of another network.
 */
export type SignatureVerdict = 'valid' | 'invalid' | 'missing' | 'unsigned'

/** Why a code is refused, for logs and the person who asks. */
export type RefusalReason =
  | 'code_invalid'
  | 'template_invalid'
  | 'signature_malformed'
  | 'key_unknown'
  | 'key_of_other_tenant'
  | 'signature_wrong'
  | 'expired'

export interface VerifyOptions extends GuidOption {
  /** The moment to judge expiry by; left out, expiry is not judged (a server knows better). */
  readonly at?: Date
}

/**
 * Decides whether a code may be trusted. Never throws for any text; errors of `lookupKey` pass through.
 *
 * A code of ours must follow the specification to the letter: we write no others. A code with our
 * GUID and no signature is `missing`, never merely `unsigned`: otherwise stripping the signature off
 * would be a way around it.
 *
 * @param payload As scanned.
 * @example
 * await verifySigned(payload, (keyId) => directory.get(keyId)) // 'valid'
 */
export async function verifySigned(
  payload: string,
  lookupKey: LookupKey,
  options: VerifyOptions = {},
): Promise<SignatureVerdict> {
  const { verdict } = await examineSigned(payload, lookupKey, options)
  return verdict
}

/** As {@link verifySigned}, with the reason if the verdict is `invalid`. */
export async function examineSigned(
  payload: string,
  lookupKey: LookupKey,
  options: VerifyOptions = {},
): Promise<{ readonly verdict: SignatureVerdict; readonly reason?: RefusalReason }> {
  const code = parse(payload)
  if (!code.ok) return refused('code_invalid')
  const signature = readSignature(payload, options)
  if (!claimsPisto(code.fields, options)) {
    return signature.status === 'absent' ? { verdict: 'unsigned' } : refused('template_invalid')
  }
  if (signature.status === 'absent') return { verdict: 'missing' }

  const template = pistoTemplate(code.fields, options)
  if (template === undefined) return refused('template_invalid')
  if (signature.status === 'malformed') return refused('signature_malformed')
  if (!parse(payload, { profile: 'strict' }).ok) return refused('code_invalid')

  const key = await lookupKey(signature.keyId)
  if (key === undefined || keyIdOf(key.publicKey) !== signature.keyId) return refused('key_unknown')
  if (key.tenantCode !== template.tenantCode) return refused('key_of_other_tenant')
  if (!isSignatureOf(signature.signature, signature.signedBytes, key.publicKey)) return refused('signature_wrong')
  const { expiresAt } = signature
  if (options.at !== undefined && expiresAt !== undefined && options.at >= expiresAt) return refused('expired')
  return { verdict: 'valid' }
}

function refused(reason: RefusalReason): { verdict: 'invalid'; reason: RefusalReason } {
  return { verdict: 'invalid', reason }
}
