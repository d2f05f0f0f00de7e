import { type KeyedWord, keptKeys, type ScreeningSubject } from '@pisto/identity/screening'
import { companion, sqlArray, toUuid } from '@pisto/ledger'
import type { PersonalData } from '../../platform/personal-data/personal-data.ts'
import type { ScreenedPerson } from '../screening.ts'

/** Hashes the keys of words with a secret of their tenant. */
export interface BlindKeys {
  /** Four bytes for each key. */
  of(keys: readonly string[]): Buffer
  /** The same for each word. */
  ofWords(words: readonly KeyedWord[]): readonly Uint8Array[]
}

/** Words remembered at most, of all tenants: names repeat. */
const REMEMBERED_MAX = 50_000
const remembered = new WeakMap<PersonalData, Map<string, Uint8Array>>()

/** Two tenants hash alike names differently; whoever has the database alone can tell no name from it. */
export function blindKeys(personalData: PersonalData, tenantId: string): BlindKeys {
  const known = remembered.get(personalData) ?? new Map<string, Uint8Array>()
  remembered.set(personalData, known)
  const of = (keys: readonly string[]): Buffer => personalData.shortBlindIndexes(tenantId, 'screening', keys)
  const learn = (words: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, Uint8Array> => {
    if (known.size + words.size > REMEMBERED_MAX) known.clear()
    const learned = new Map<string, Uint8Array>()
    const hashes = of([...words.values()].flat())
    let at = 0
    for (const [name, keys] of words) {
      const end = at + keys.length * KEY_BYTES
      learned.set(name, Uint8Array.from(hashes.subarray(at, end)))
      at = end
    }
    for (const [name, word] of learned) known.set(name, word)
    return learned
  }
  return {
    of,
    ofWords(words) {
      const unknown = new Map<string, readonly string[]>()
      const found = words.map(({ name, keys }) => {
        const own = `${tenantId} ${name}`
        const before = known.get(own)
        if (before === undefined) unknown.set(own, keys().slice(0, AT_MOST))
        return before ?? own
      })
      const learned = learn(unknown)
      return found.map((word) => (typeof word === 'string' ? (learned.get(word) ?? new Uint8Array()) : word))
    },
  }
}

/** Of how the keys are written. Rows of another version affect everybody, and are written anew. */
export const KEYS_VERSION = 2
const KEY_BYTES = 4
const AT_MOST = 255

/**
 * The keys of everybody's names, as a row of bytes: the version; for each subject its kind (0 person, 1 organisation)
 * and how many words; for each word weight, count, how many keys, and the keys of 4 bytes.
 */
export function writeKeys(subjects: readonly ScreeningSubject[], blind: BlindKeys): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(KEYS_VERSION)]
  for (const { kind, words } of subjects.map(keptKeys)) {
    const kept = words.slice(0, AT_MOST)
    parts.push(Uint8Array.of(kind === 'person' ? 0 : 1, kept.length))
    for (const [index, hashes] of blind.ofWords(kept).entries()) {
      const { weight = 0, count = 0 } = kept[index] ?? {}
      parts.push(Uint8Array.of(weight, count, hashes.length / KEY_BYTES), hashes)
    }
  }
  return new Uint8Array(Buffer.concat(parts))
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
