import { type KeyedWord, keptKeys, type ScreeningSubject } from '@pisto/identity/screening'
import { companion, sqlArray, toUuid } from '@pisto/ledger'
import { LRUCache } from 'lru-cache'
import { oncePerObject } from '../../platform/once-per-object.ts'
import type { PersonalData } from '../../platform/personal-data/personal-data.ts'
import type { ScreenedPerson } from '../screening.ts'

/** Hashes keys with a secret of their tenant: four bytes for each. */
export type BlindKeys = ((keys: readonly string[]) => Buffer) & {
  /** What is known of words with many keys: names repeat. */
  readonly words: Map<string, Uint8Array>
}

/** Words remembered at most, of each tenant. */
const REMEMBERED_MAX = 20_000
const TENANTS_MAX = 10
const remembered = oncePerObject((_: PersonalData) => new LRUCache<string, BlindKeys>({ max: TENANTS_MAX }))

/** Two tenants hash alike names differently; whoever has the database alone can tell no name from it. */
export function blindKeys(personalData: PersonalData, tenantId: string): BlindKeys {
  const known = remembered(personalData)
  const before = known.get(tenantId)
  if (before !== undefined) return before
  const hash = (keys: readonly string[]): Buffer => personalData.shortBlindIndexes(tenantId, 'screening', keys)
  const blind = Object.assign(hash, { words: new Map<string, Uint8Array>() })
  known.set(tenantId, blind)
  return blind
}

/** Of how the keys are written. */
const KEYS_VERSION = 2
/** Rows of another version, and empty ones, may be affected by everything, and are written anew. */
export const isOfToday = (keys: Uint8Array): boolean => keys[0] === KEYS_VERSION
const KEY_BYTES = 4
const AT_MOST = 255

/**
 * The keys of everybody's names, as a row of bytes: the version; for each subject its kind (0 person, 1 organisation)
 * and how many words; for each word weight, count, how many keys, and the keys of 4 bytes.
 */
export function writeKeys(subjects: readonly ScreeningSubject[], blind: BlindKeys): Uint8Array {
  const told = subjects.map(keptKeys)
  const hashes = hashWords(
    told.flatMap(({ words }) => words.slice(0, AT_MOST)),
    blind,
  )
  const parts: Uint8Array[] = [Uint8Array.of(KEYS_VERSION)]
  let at = 0
  for (const { kind, words } of told) {
    const kept = words.slice(0, AT_MOST)
    parts.push(Uint8Array.of(kind === 'person' ? 0 : 1, kept.length))
    for (const { weight, count } of kept) {
      const own = hashes[at++] ?? new Uint8Array()
      parts.push(Uint8Array.of(weight, count, own.length / KEY_BYTES), own)
    }
  }
  return new Uint8Array(Buffer.concat(parts))
}

/** All keys that are not known are hashed at once. */
function hashWords(words: readonly KeyedWord[], blind: BlindKeys): readonly Uint8Array[] {
  const unknown = words.flatMap(({ name, keys }) =>
    blind.words.has(name) ? [] : [{ name, keys: keys().slice(0, AT_MOST) }],
  )
  const hashes = blind(unknown.flatMap(({ keys }) => keys))
  const learned = new Map<string, Uint8Array>()
  let at = 0
  for (const { name, keys } of unknown) {
    const end = at + keys.length * KEY_BYTES
    learned.set(name, hashes.subarray(at, end))
    at = end
  }
  const found = words.map(({ name }) => blind.words.get(name) ?? learned.get(name) ?? new Uint8Array())
  if (blind.words.size >= REMEMBERED_MAX) blind.words.clear()
  for (const { name, keys } of unknown)
    if (keys.length > 1) blind.words.set(name, Uint8Array.from(learned.get(name) ?? []))
  return found
}

/** Keeps somebody's keys, in place of earlier ones. */
export const keepKeys = companion<{ readonly person: ScreenedPerson; readonly keys: Uint8Array }>({
  key: ({ person }) => person.id,
  sql: `insert into screening_people (tenant_id, person_id, person_kind, keys)
        select $1, x.person_id, x.person_kind, x.keys
        from unnest($2::uuid[], $3::text[], $4::bytea[]) as x(person_id, person_kind, keys)
        on conflict (tenant_id, person_id) do update set keys = excluded.keys`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => toUuid(row.person.id))),
    sqlArray(rows.map(({ row }) => row.person.kind)),
    sqlArray(rows.map(({ row }) => row.keys)),
  ],
})
