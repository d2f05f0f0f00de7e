/**
 * What a key signs: never another thing. `directory`: the tenant's list of all tenants' keys. `evidence`: what it knows
 * of a merchant who moves.
 */
export type KeyUse = 'qr' | 'receipt' | 'checkpoint' | 'directory' | 'evidence'

/** A tenant's Ed25519 key that can sign. */
export interface SigningKey {
  /** First 8 base64url characters of the SHA-256 of the public key. */
  readonly keyId: string
  readonly publicKey: Uint8Array
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>
}

/**
 * Public half, as the directory shows it. Its dates are business time, as those of the receipts that they are held
 * against: from `validFrom` until just before `validTo` it signs. It is believed for as long as it is published.
 */
export interface VerifyingKey {
  readonly keyId: string
  readonly publicKey: Uint8Array
  readonly use: KeyUse
  readonly tenantId: string
  readonly tenantCode: string
  readonly livemode: boolean
  readonly validFrom: Date
  readonly validTo: Date | null
}

/** Keys that are withdrawn are in none of its answers. */
export interface Keyring {
  /** The newest key of that use that is in force. */
  signing(tenantId: string, use: KeyUse): Promise<SigningKey>
  /** All that can sign for that use, those to come and those that have ended, too: newest first. */
  signers(tenantId: string, use: KeyUse): Promise<readonly SigningKey[]>
  /** Every published key of all tenants, newest first. @param maxAgeMs How old the list may be. */
  published(maxAgeMs?: number): Promise<readonly VerifyingKey[]>
  /** By key id; undefined: unknown. */
  find(keyId: string): Promise<VerifyingKey | undefined>
}
