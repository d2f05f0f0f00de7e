import { createCipheriv, createHmac, hash, hkdfSync } from 'node:crypto'
import { toUuid } from '@pisto/ledger'

/** What is looked for by its index. A kind more is a line here. */
export type IndexKind = 'screening' | 'phone' | 'document' | 'externalId' | 'likeness' | 'approval'

/** Before every index, so that nobody takes one for what it stands for. */
const PREFIX = 'h1:'
const INDEX_BYTES = 16
const BLOCK_BYTES = 16
const SHORT_BYTES = 4
/** Before what stands for a value that does not fit into a block. */
const LONG = 0xff

/**
 * Keyed stand-ins for what is looked up: equal values of one tenant and kind have equal indexes, and nothing else can be
 * told from them without the key. The keys of tenants and kinds are derived from one root (HKDF-SHA-256, RFC 5869), so
 * that two tenants cannot compare whom they know.
 */
export class BlindIndexes {
  readonly #root: Uint8Array
  readonly #keys = new Map<string, Buffer>()

  /** @param root 32 bytes that are never in the database in clear. */
  constructor(root: Uint8Array) {
    this.#root = root
  }

  /** @returns `h1:` and 22 characters: 128 bits of HMAC-SHA-256. */
  of(tenantId: string, kind: IndexKind, value: string): string {
    const digest = createHmac('sha256', this.#keyOf(tenantId, kind)).update(value).digest()
    return `${PREFIX}${digest.subarray(0, INDEX_BYTES).toString('base64url')}`
  }

  /**
   * Short stand-ins for many values at once, for filters that may take one value for another. Each value is a block of
   * AES-256: a keyed permutation, many times cheaper than an HMAC. What is longer than 15 bytes is hashed first.
   *
   * @returns Four bytes for each value, in their order.
   */
  shortOf(tenantId: string, kind: IndexKind, values: readonly string[]): Buffer {
    const blocks = Buffer.alloc(values.length * BLOCK_BYTES)
    for (const [index, value] of values.entries()) {
      const at = index * BLOCK_BYTES
      const length = Buffer.byteLength(value)
      const isLong = length >= BLOCK_BYTES
      blocks[at] = isLong ? LONG : length
      if (isLong) hash('sha256', value, 'buffer').copy(blocks, at + 1, 0, BLOCK_BYTES - 1)
      else blocks.write(value, at + 1)
    }
    const cipher = createCipheriv('aes-256-ecb', this.#keyOf(tenantId, `${kind} short`), null).setAutoPadding(false)
    const sealed = cipher.update(blocks)
    const short = Buffer.alloc(values.length * SHORT_BYTES)
    for (let index = 0; index < values.length; index++)
      sealed.copy(short, index * SHORT_BYTES, index * BLOCK_BYTES, index * BLOCK_BYTES + SHORT_BYTES)
    return short
  }

  #keyOf(tenantId: string, use: string): Buffer {
    const name = `${tenantId} ${use}`
    const known = this.#keys.get(name)
    if (known) return known
    const salt = Buffer.from(toUuid(tenantId, 'ten').replaceAll('-', ''), 'hex')
    const key = Buffer.from(hkdfSync('sha256', this.#root, salt, `pisto blind index\n${use}`, 32))
    this.#keys.set(name, key)
    return key
  }
}
