/** What a key signs: never another thing. */
export type KeyUse = 'qr' | 'receipt' | 'checkpoint'

/** A tenant's Ed25519 key that can sign. */
export interface SigningKey {
  /** First 8 base64url characters of the SHA-256 of the public key. */
  readonly keyId: string
  readonly publicKey: Uint8Array
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>
}

/** Public half, as the directory shows it. */
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

export interface Keyring {
  /** The newest key of that use. */
  signing(tenantId: string, use: KeyUse): Promise<SigningKey>
  /** Every published key of all tenants. */
  published(): Promise<readonly VerifyingKey[]>
  /** By key id; undefined: unknown. */
  find(keyId: string): Promise<VerifyingKey | undefined>
}
