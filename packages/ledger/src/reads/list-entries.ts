import { Conditions } from '../database/conditions.ts'
import type { Queryable } from '../database/database.ts'
import type { EntryView, Page, PageRequest } from '../ledger.ts'
import type { Side, TransferKind } from '../model.ts'
import { isTypeId, toUuid } from '../type-id.ts'
import { hasPurpose } from './leaf-filter.ts'
import { type Period, rangeOf, type SequenceRange } from './moments.ts'
import { toPage } from './page.ts'
import { ENTRY_COLUMNS, type EntryRow, toEntry } from './rows.ts'
import { SCAN_LIMIT } from './scan.ts'

/** Which entries of an account. The period is found by an index, the rest is looked for row by row. */
export interface EntryFilter extends Period {
  readonly direction?: Side | undefined
  readonly kind?: TransferKind | undefined
  /** Of the transaction. */
  readonly purpose?: string | undefined
}

/** An entry's place in the order of its account. */
interface Place {
  readonly sequence: number
  readonly index: number
}

/**
 * Newest first. The cursor is `sequence.index`.
 *
 * @param scanLimit How many entries are looked at in the most.
 */
export async function listEntries(
  db: Queryable,
  tenantId: string,
  accountId: string,
  request: PageRequest & EntryFilter,
  scanLimit = SCAN_LIMIT,
): Promise<Page<EntryView>> {
  if (!isTypeId(accountId, 'acc')) return { data: [], nextCursor: null }
  const { limit, direction, kind, purpose } = request
  const range = await rangeOf(db, tenantId, request)
  const before = earlier(placeOf(request.after), { sequence: range.through + 1, index: 0 })
  const isScan = direction !== undefined || kind !== undefined || purpose !== undefined
  const floor = isScan ? await findFloor(db, tenantId, accountId, { before, range, scanLimit }) : undefined

  const where = new Conditions(toUuid(tenantId, 'ten'))
  where.add((add) => `e.account_id = ${add(toUuid(accountId))}`)
  where.add((add) => `(e.sequence, e.position) < (${add(before.sequence)}, ${add(before.index)})`)
  where.add((add) => `e.sequence > ${add(range.after)}`)
  if (floor) where.add((add) => `(e.sequence, e.position) >= (${add(floor.sequence)}, ${add(floor.index)})`)
  if (direction !== undefined) where.add((add) => `e.side = ${add(direction)}::ledger_side`)
  if (kind !== undefined) where.add((add) => `e.kind = ${add(kind)}::transfer_kind`)
  if (purpose !== undefined) where.add((add) => hasPurpose(purpose, add))
  const rows = await db.query<EntryRow>(
    `select ${ENTRY_COLUMNS}
     from entries e
     join accounts a on a.tenant_id = $1 and a.account_id = e.account_id
     join transactions t on t.tenant_id = $1 and t.sequence = e.sequence
     where e.tenant_id = $1${where.sql}
     order by e.sequence desc, e.position desc limit ${where.parameter(limit + 1)}`,
    where.parameters,
  )
  return toPage(
    rows.map((row) => toEntry(row)),
    limit,
    showPlace,
    floor ? showPlace(floor) : null,
  )
}

/** The last of the entries that may be looked at; undefined: the list ends before it. */
async function findFloor(
  db: Queryable,
  tenantId: string,
  accountId: string,
  { before, range, scanLimit }: { before: Place; range: SequenceRange; scanLimit: number },
): Promise<Place | undefined> {
  const [row] = await db.query<{ sequence: bigint; position: number }>(
    `select sequence, position from entries
     where tenant_id = $1 and account_id = $2 and (sequence, position) < ($3, $4) and sequence > $5
     order by sequence desc, position desc offset $6 limit 1`,
    [toUuid(tenantId, 'ten'), toUuid(accountId), before.sequence, before.index, range.after, scanLimit - 1],
  )
  return row && { sequence: Number(row.sequence), index: row.position }
}

const showPlace = ({ sequence, index }: Place): string => `${sequence}.${index}`

/** What is no cursor means the beginning. */
function placeOf(after: string | undefined): Place {
  const [, sequence, index] = /^(\d{1,15})\.(\d{1,4})$/.exec(after ?? '') ?? []
  return sequence === undefined
    ? { sequence: Number.MAX_SAFE_INTEGER, index: 0 }
    : { sequence: Number(sequence), index: Number(index) }
}

const earlier = (a: Place, b: Place): Place =>
  a.sequence < b.sequence || (a.sequence === b.sequence && a.index < b.index) ? a : b
