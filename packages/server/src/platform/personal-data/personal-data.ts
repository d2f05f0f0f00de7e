import type { CompanionRow, Queryable, RandomBytes } from '@pisto/ledger'
import { toUuid } from '@pisto/ledger'
import { LRUCache } from 'lru-cache'
import { BlindIndexes, type IndexKind } from './blind-index.ts'
import { type ErasedList, noErasedList } from './erased-list.ts'
import type { KeyProvider } from './key-provider.ts'
import { PersonKey, type PersonRef, wrappingContext } from './person-key.ts'
import { findWrappedKeys, insertPersonKeys, type NewPersonKey } from './store.ts'

const KEY_BYTES = 32
/** Unwrapped keys that a process remembers: 10 000 are some 5 MB. */
const KEYS_CACHED = 10_000
/** A key that another process erased is forgotten here, too. */
const CACHED_MS = 300_000

export interface PersonalDataOptions {
  readonly provider: KeyProvider
  /** 32 bytes, never in the database in clear: the root of the keys of indexes. */
  readonly indexRoot: Uint8Array
  /** Never the seeded one: keys are made of it. */
  readonly random: RandomBytes
  /** Left out: for books that do not outlive their process. */
  readonly erasedList?: ErasedList
}

/**
 * What is personal is stored under a data key of its person, and is gone when that key is.
 *
 * A person is whatever is erased by itself: `mer_…`, `con_…`, an import, an applicant. To store something about one:
 *
 * @example A new person: the key commits with the rows that need it, in the plan's companions.
 * const { key, companion } = await personalData.newKey({ tenantId, personId: id }, ledgerTime)
 * companions: [companion, insertDocuments.row({ ...document, sealed: key.sealJson(`document/${document.id}`, what) })]
 *
 * @example A person who is there: read the key (cached), then seal and open as often as needed, without waiting.
 * const key = await personalData.keyOf(reader, { tenantId, personId: id }) // throws PersonErased
 * const sealed = key.seal(`document/${documentId}`, bytes)
 * const bytes = key.open(`document/${documentId}`, sealed)
 *
 * @example A page: one query for all keys that are not cached.
 * const keys = await personalData.keysOf(reader, tenantId, rows.map(({ personId }) => personId))
 *
 * @example Look-up and uniqueness: store and compare indexes, never the values.
 * where phone = personalData.blindIndex(tenantId, 'phone', '+50255550000')
 *
 * Rows that are found by an index must go when the person is erased: `registrations/erasure/erased-rows.ts` lists them.
 */
export class PersonalData {
  readonly #provider: KeyProvider
  readonly #random: RandomBytes
  readonly #erasedList: ErasedList
  readonly #indexes: BlindIndexes
  readonly #keys = new LRUCache<string, PersonKey>({ max: KEYS_CACHED, ttl: CACHED_MS })

  constructor({ provider, indexRoot, random, erasedList = noErasedList }: PersonalDataOptions) {
    this.#erasedList = erasedList
    this.#provider = provider
    this.#random = random
    this.#indexes = new BlindIndexes(indexRoot)
  }

  /** Stands for a value where it is looked up. @param value Canonical: equal values only are found. */
  blindIndex(tenantId: string, kind: IndexKind, value: string): string {
    return this.#indexes.of(tenantId, kind, value)
  }

  /** Four bytes for each of many values, for filters that may take one value for another. */
  shortBlindIndexes(tenantId: string, kind: IndexKind, values: readonly string[]): Buffer {
    return this.#indexes.shortOf(tenantId, kind, values)
  }

  /**
   * Draws the data key of somebody new. It counts when its companion commits: a plan that runs again draws another.
   *
   * @param createdAt Business time.
   */
  async newKey(
    person: PersonRef,
    createdAt: Date,
  ): Promise<{ readonly key: PersonKey; readonly companion: CompanionRow }> {
    const { key, row } = await this.drawKey(person, createdAt)
    return { key, companion: insertPersonKeys.row(row) }
  }

  /** The same for whoever writes outside a plan. */
  async drawKey(person: PersonRef, createdAt: Date): Promise<{ readonly key: PersonKey; readonly row: NewPersonKey }> {
    const bytes = this.#random(KEY_BYTES)
    const wrapped = await this.#provider.wrap(bytes, contextOf(person))
    const row = { ...wrapped, personId: person.personId, createdAt }
    return { key: new PersonKey(person, bytes, this.#random), row }
  }

  /** @throws {PersonErased} there is no key, or no longer */
  async keyOf(reader: Queryable, { tenantId, personId }: PersonRef): Promise<PersonKey> {
    const cached = this.#keys.get(cacheKey(tenantId, personId))
    if (cached) return cached
    const key = (await this.keysOf(reader, tenantId, [personId])).get(personId)
    if (key === undefined) throw new PersonErased(personId)
    return key
  }

  /** Of those who have one, by id. At most one query. */
  async keysOf(reader: Queryable, tenantId: string, personIds: Iterable<string>): Promise<Map<string, PersonKey>> {
    const keys = new Map<string, PersonKey>()
    const lacking = new Set<string>()
    for (const personId of personIds) {
      const cached = this.#keys.get(cacheKey(tenantId, personId))
      if (cached) keys.set(personId, cached)
      else lacking.add(personId)
    }
    if (lacking.size === 0) return keys
    const found = await findWrappedKeys(reader, tenantId, [...lacking])
    const unwrapped = [...lacking].flatMap((personId) => {
      const wrapped = found.get(toUuid(personId))
      if (wrapped === undefined) return []
      const person = { tenantId, personId }
      return [this.#provider.unwrap(wrapped, contextOf(person)).then((key) => new PersonKey(person, key, this.#random))]
    })
    for (const key of await Promise.all(unwrapped)) {
      keys.set(key.personId, key)
      this.#keys.set(cacheKey(tenantId, key.personId), key)
    }
    return keys
  }

  /** Seals one thing about a person who is there. @see PersonKey.seal @throws {PersonErased} */
  async sealFor(reader: Queryable, person: PersonRef, purpose: string, bytes: Uint8Array): Promise<Uint8Array> {
    return (await this.keyOf(reader, person)).seal(purpose, bytes)
  }

  /** Opens one thing about a person. @throws {PersonErased} @throws {NotOpened} */
  async openFor(reader: Queryable, person: PersonRef, purpose: string, sealed: Uint8Array): Promise<Uint8Array> {
    return (await this.keyOf(reader, person)).open(purpose, sealed)
  }

  /** A key that is needed no more, of what is no person's: this process opens nothing more with it. */
  forget({ tenantId, personId }: PersonRef): void {
    this.#keys.delete(cacheKey(tenantId, personId))
  }

  /** After the key was erased: this process opens nothing more with it, and a restore does not bring it back. */
  async erased({ tenantId, personId }: PersonRef, erasedAt: Date): Promise<void> {
    this.forget({ tenantId, personId })
    await this.#erasedList.add([{ tenant: toUuid(tenantId, 'ten'), person: toUuid(personId), erasedAt }])
  }
}

/** There is no key for what is stored about this person: it was erased, or its backup was not restored. */
export class PersonErased extends Error {
  override readonly name = 'PersonErased'
  constructor(personId: string) {
    super(`the data key of ${personId} is gone`)
  }
}

const contextOf = ({ tenantId, personId }: PersonRef): string =>
  wrappingContext(toUuid(tenantId, 'ten'), toUuid(personId))

const cacheKey = (tenantId: string, personId: string): string => `${tenantId} ${personId}`
