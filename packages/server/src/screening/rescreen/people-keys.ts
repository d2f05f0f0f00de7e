import { keptKeys, type ScreeningSubject } from '@pisto/identity/screening'
import { companion, sqlArray, toUuid } from '@pisto/ledger'
import type { PersonalData } from '../../platform/personal-data/personal-data.ts'
import type { ScreenedPerson } from '../screening.ts'

/** Hashes keys with a secret of their tenant: four bytes for each. */
export type BlindKeys = (keys: readonly string[]) => Buffer

/** Two tenants hash alike names differently; whoever has the database alone can tell no name from it. */
export const blindKeys =
  (personalData: PersonalData, tenantId: string): BlindKeys =>
  (keys) =>
    personalData.shortBlindIndexes(tenantId, 'screening', keys)

/** Of how the keys are written. Rows of another version affect everybody, and are written anew. */
export const KEYS_VERSION = 2
const KEY_BYTES = 4
const AT_MOST = 255

/**
 * The keys of everybody's names, as a row of bytes: the version; for each subject its kind (0 person, 1 organisation)
 * and how many words; for each word weight, count, how many keys, and the keys of 4 bytes.
 */
export function writeKeys(subjects: readonly ScreeningSubject[], blind: BlindKeys): Uint8Array {
  const told = subjects.map(keptKeys).map(({ kind, words }) => ({
    kind,
    words: words.slice(0, AT_MOST).map((word) => ({ ...word, keys: word.keys.slice(0, AT_MOST) })),
  }))
  const hashes = blind(told.flatMap(({ words }) => words.flatMap(({ keys }) => keys)))
  const parts: Uint8Array[] = [Uint8Array.of(KEYS_VERSION)]
  let at = 0
  for (const { kind, words } of told) {
    parts.push(Uint8Array.of(kind === 'person' ? 0 : 1, words.length))
    for (const { weight, count, keys } of words) {
      const end = at + keys.length * KEY_BYTES
      parts.push(Uint8Array.of(weight, count, keys.length), hashes.subarray(at, end))
      at = end
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
