import { keptKeys, type ScreeningSubject } from '@pisto/identity/screening'
import { companion, sqlArray, toUuid } from '@pisto/ledger'
import type { PersonalData } from '../../platform/personal-data/personal-data.ts'
import type { ScreenedPerson } from '../screening.ts'

/** Hashes a key with a secret of its tenant: 32 bits. */
export type BlindKey = (key: string) => number

/** Keys remembered at most, of all tenants: names repeat. */
const REMEMBERED_MAX = 200_000
const remembered = new WeakMap<PersonalData, Map<string, number>>()

/** Two tenants hash alike names differently; whoever has the database alone can tell no name from it. */
export function blindKeys(personalData: PersonalData, tenantId: string): BlindKey {
  const known = remembered.get(personalData) ?? new Map<string, number>()
  remembered.set(personalData, known)
  return (key) => {
    const name = `${tenantId} ${key}`
    const before = known.get(name)
    if (before !== undefined) return before
    if (known.size >= REMEMBERED_MAX) known.clear()
    const index = personalData.blindIndex(tenantId, 'screening', key)
    const hash = Buffer.from(index.slice(index.indexOf(':') + 1), 'base64url').readUInt32LE(0)
    known.set(name, hash)
    return hash
  }
}

/**
 * The keys of everybody's names, as a row of bytes: for each subject its kind (0 person, 1 organisation) and how many
 * words; for each word weight, count, how many keys, and the keys of 4 bytes.
 */
export function writeKeys(subjects: readonly ScreeningSubject[], blind: BlindKey): Uint8Array {
  const parts: Buffer[] = []
  for (const subject of subjects) {
    const { kind, words } = keptKeys(subject)
    const kept = words.slice(0, 255)
    parts.push(Buffer.from([kind === 'person' ? 0 : 1, kept.length]))
    for (const { weight, count, keys } of kept) {
      const hashes = [...new Set(keys.map(blind))].slice(0, 255)
      const bytes = Buffer.alloc(3 + hashes.length * 4)
      bytes.set([Math.min(255, weight), Math.min(255, count), hashes.length])
      for (const [index, hash] of hashes.entries()) bytes.writeUInt32LE(hash, 3 + index * 4)
      parts.push(bytes)
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
