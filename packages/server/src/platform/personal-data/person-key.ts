import type { RandomBytes } from '@pisto/ledger'
import { open, seal } from './sealed-box.ts'

/** Whose data it is: `mer_…`, `con_…`, or any object whose data must be erasable by itself. */
export interface PersonRef {
  readonly tenantId: string
  readonly personId: string
}

/** The data key of one person, unwrapped: seals and opens what is stored about them. */
export class PersonKey implements PersonRef {
  readonly tenantId: string
  readonly personId: string
  readonly #key: Uint8Array
  readonly #random: RandomBytes

  constructor({ tenantId, personId }: PersonRef, key: Uint8Array, random: RandomBytes) {
    this.tenantId = tenantId
    this.personId = personId
    this.#key = key
    this.#random = random
  }

  /**
   * @param purpose What the bytes are, and of which row where there are several: `message/msg_…`. They open only under
   *   the same, so that no row can be passed off as another.
   */
  seal(purpose: string, bytes: Uint8Array): Uint8Array {
    return seal(this.#key, contextOf(this, purpose), bytes, this.#random)
  }

  /** @throws {NotOpened} */
  open(purpose: string, sealed: Uint8Array): Uint8Array {
    return open(this.#key, contextOf(this, purpose), sealed)
  }

  /** Seals something that JSON can write. */
  sealJson(purpose: string, value: unknown): Uint8Array {
    return this.seal(purpose, Buffer.from(JSON.stringify(value)))
  }

  /** @throws {NotOpened} @returns What `sealJson` took: the caller knows its type. */
  openJson<T>(purpose: string, sealed: Uint8Array): T {
    return JSON.parse(Buffer.from(this.open(purpose, sealed)).toString())
  }
}

const contextOf = ({ tenantId, personId }: PersonRef, purpose: string): string =>
  `pisto personal data\n${tenantId}\n${personId}\n${purpose}`

/** What a data key is wrapped for. @param tenant @param person Uuids, as `person_keys` has them. */
export const wrappingContext = (tenant: string, person: string): string => `pisto person key\n${tenant}\n${person}`
