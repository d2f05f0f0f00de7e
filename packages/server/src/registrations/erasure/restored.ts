import { type Database, toTypeId } from '@pisto/ledger'
import type { ErasedList, ErasedPerson } from '../../platform/personal-data/erased-list.ts'
import { KIND_PREFIX, type KindName } from '../kinds.ts'
import { columnsOf, ERASE_RESTORED, ERASED_ROWS, RESTORED_ROWS } from './erased-rows.ts'

/**
 * Erases again whom an older backup has brought back, before the server opens; and lists whoever was erased and is not
 * listed, because a process died in between.
 *
 * @returns How many were erased again.
 */
export async function eraseRestored(db: Database, list: ErasedList): Promise<number> {
  const listed = await list.read()
  const rows = await db.query<{ tenant_id: string; person_id: string; erased_at: Date }>(
    'select tenant_id, person_id, erased_at from erased_persons where tenant_id in (select tenant_id from tenants)',
  )
  const stored = rows.map((row) => ({ tenant: row.tenant_id, person: row.person_id, erasedAt: row.erased_at }))
  await list.add(lacking(stored, listed))
  const restored = lacking(listed, stored)
  for (const person of restored) await eraseAgain(db, person)
  return restored.length
}

const nameOf = ({ tenant, person }: ErasedPerson): string => `${tenant} ${person}`

function lacking(wanted: readonly ErasedPerson[], present: readonly ErasedPerson[]): ErasedPerson[] {
  const names = new Set(present.map(nameOf))
  return wanted.filter((person) => !names.has(nameOf(person)) && names.add(nameOf(person)))
}

async function eraseAgain(db: Database, { tenant, person, erasedAt }: ErasedPerson): Promise<void> {
  await db.transaction(async (tx) => {
    const [row] = await tx.query<{ kind: KindName }>(
      'select kind from registrations where tenant_id = $1 and id = $2 limit 1',
      [tenant, person],
    )
    const id = toTypeId(KIND_PREFIX[row?.kind ?? 'consumer'], person) // nobody: the backup is older than they are
    const parameters = [tenant, ...columnsOf([{ id, erasedAt }])]
    for (const sql of [ERASE_RESTORED, ...RESTORED_ROWS, ...ERASED_ROWS.map((rows) => rows.sql)]) {
      await tx.query(sql, parameters)
    }
  })
}
