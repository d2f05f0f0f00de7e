/** What a key may be used for; a signature of any other use is none. */
export const KEY_USES = ['qr', 'receipt', 'checkpoint', 'directory', 'evidence'] as const
export type KeyUse = (typeof KEY_USES)[number]

/**
 * A public key in a directory, as a JWK with what readers need to know about it.
 * @see RFC 8037 section 2
 */
export interface PublishedKey {
  readonly kty: 'OKP'
  readonly crv: 'Ed25519'
  /** The public key's 32 bytes in base64url. */
  readonly x: string
  /** Key id: see `keyId`. */
  readonly kid: string
  readonly use: KeyUse
  /** Code of the tenant that signs with it. */
  readonly tenant: string
  /** false: sandbox money. */
  readonly livemode: boolean
  /** RFC 3339; signs from then on. */
  readonly validFrom: string
  /**
   * RFC 3339, signs until just before; null: no end is set. Codes and checkpoints that it signed stay good for as long
   * as a directory has it.
   */
  readonly validTo: string | null
}

/** The keys that a device knows, with the date of the list. */
export interface KeyDirectory {
  /** RFC 3339. */
  readonly issuedAt: string
  readonly keys: readonly PublishedKey[]
}

/** An RFC 3339 time as seconds since 1970; NaN when it is none, so that every comparison with it fails. */
export function secondsOf(time: string): number {
  return Date.parse(time) / 1000
}
