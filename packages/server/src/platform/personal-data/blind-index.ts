import { createHmac, hkdfSync } from 'node:crypto'
import { toUuid } from '@pisto/ledger'

/** What is looked for by its index. A kind more is a line here. */
export type IndexKind = 'screening' | 'phone' | 'document' | 'externalId'

/** Before every index, so that nobody takes one for what it stands for. */
const PREFIX = 'h1:'
const INDEX_BYTES = 16

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

  #keyOf(tenantId: string, kind: IndexKind): Buffer {
    const name = `${tenantId} ${kind}`
    const known = this.#keys.get(name)
    if (known) return known
    const salt = Buffer.from(toUuid(tenantId, 'ten').replaceAll('-', ''), 'hex')
    const key = Buffer.from(hkdfSync('sha256', this.#root, salt, `pisto blind index\n${kind}`, 32))
    this.#keys.set(name, key)
    return key
  }
}
