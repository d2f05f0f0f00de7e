import { equalBytes } from './bytes.ts'
import { canonicalBytes } from './canonical-json.ts'
import { ProofRejected } from './errors.ts'
import { type HmacSha256, portableHmacSha256 } from './sha256.ts'

/** Length of a commitment's salt in bytes. */
export const SALT_LENGTH = 32

/** What shows that a record is the one committed to. */
export interface CommitmentOpening {
  readonly commitment: Uint8Array
  readonly salt: Uint8Array
  readonly record: unknown
}

/**
 * Stands in the log for a record that must stay erasable: whoever has record and salt can show what it was, and once
 * both are erased nobody can find out, not even by trying every name and number.
 *
 * HMAC-SHA-256, keyed by the salt, over the record's canonical JSON.
 *
 * @param salt 32 random bytes, made for this record alone.
 * @returns 32 bytes.
 * @throws {RangeError} the salt has another length: HMAC pads keys, so that two of them could mean the same
 * @throws {TypeError} the record has no JSON text
 * @see RFC 2104 section 2
 */
export function commitment(salt: Uint8Array, record: unknown, hmac: HmacSha256 = portableHmacSha256): Uint8Array {
  if (salt.length !== SALT_LENGTH) throw new RangeError(`a salt has ${SALT_LENGTH} bytes, not ${salt.length}`)
  return hmac(salt, canonicalBytes(record))
}

/**
 * Returns when the record is the one committed to and throws otherwise.
 * @throws {ProofRejected} `commitment_mismatch`
 */
export function openCommitment(opening: CommitmentOpening, hmac: HmacSha256 = portableHmacSha256): void {
  if (!equalBytes(commitment(opening.salt, opening.record, hmac), opening.commitment)) {
    throw new ProofRejected('commitment_mismatch', 'the commitment is to another record or salt')
  }
}
