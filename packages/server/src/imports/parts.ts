import { type Queryable, toUuid } from '@pisto/ledger'
import type { PersonKey } from '../platform/personal-data/person-key.ts'
import type { ImportedRow } from './import-file.ts'

/** Some rows of a file that wait to be decided. */
export interface Part {
  /** From 1, in the order of the file. */
  readonly number: number
  readonly rows: readonly ImportedRow[]
}

/** @param key The import's: what is in a file is personal. */
export async function insertPart(db: Queryable, key: PersonKey, part: Part): Promise<void> {
  await db.query('insert into import_parts (tenant_id, import_id, part_number, content) values ($1, $2, $3, $4)', [
    toUuid(key.tenantId, 'ten'),
    toUuid(key.personId, 'imp'),
    part.number,
    key.sealJson(purposeOf(part.number), part.rows),
  ])
}

/** The first that waits, of those after a number. */
export async function findNextPart(db: Queryable, key: PersonKey, after: number): Promise<Part | undefined> {
  const [row] = await db.query<{ part_number: number; content: Uint8Array }>(
    `select part_number, content from import_parts
     where tenant_id = $1 and import_id = $2 and part_number > $3 order by part_number limit 1`,
    [toUuid(key.tenantId, 'ten'), toUuid(key.personId, 'imp'), after],
  )
  if (row === undefined) return undefined
  const { part_number: number, content } = row
  return { number, rows: key.openJson(purposeOf(number), content) }
}

const purposeOf = (number: number): string => `import part/${number}`

/** Deletes a part whose rows are all decided, and counts them: once, however often and by whomever it is called. */
export async function finishPart(
  db: Queryable,
  tenantId: string,
  importId: string,
  { number, rows }: Part,
): Promise<void> {
  await db.query(
    `with gone as (
       delete from import_parts where tenant_id = $1 and import_id = $2 and part_number = $3 returning part_number
     ), counted as (
       select count(*) as total, count(*) filter (where outcome in ('active', 'inReview')) as accepted from import_rows
       where tenant_id = $1 and import_id = $2 and row_number between $4 and $5
     )
     update imports i set accepted_count = i.accepted_count + c.accepted,
                          refused_count = i.refused_count + c.total - c.accepted
     from gone, counted c where i.tenant_id = $1 and i.id = $2`,
    [toUuid(tenantId, 'ten'), toUuid(importId, 'imp'), number, rows[0]?.row ?? 0, rows.at(-1)?.row ?? 0],
  )
}
