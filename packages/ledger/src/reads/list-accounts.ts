import { Conditions } from '../database/conditions.ts'
import { type Queryable, sqlArray } from '../database/database.ts'
import type { AccountView, Page, PageRequest } from '../ledger.ts'
import { isTypeId, toUuid } from '../type-id.ts'
import { toPage } from './page.ts'
import { ACCOUNT_COLUMNS, type AccountRow, toAccount } from './rows.ts'

/** Which accounts; each is found by an index. */
export interface AccountFilter {
  readonly purpose?: string | undefined
  readonly ownerId?: string | undefined
  /** Only those of these owners. */
  readonly ownerIds?: readonly string[] | undefined
  readonly status?: AccountView['status'] | undefined
}

/** Newest first. The cursor is an account's id. */
export async function listAccounts(
  db: Queryable,
  tenantId: string,
  { limit, after, purpose, ownerId, ownerIds, status }: PageRequest & AccountFilter,
): Promise<Page<AccountView>> {
  const where = new Conditions(toUuid(tenantId, 'ten'))
  if (after !== undefined && isTypeId(after, 'acc')) where.add((add) => `a.account_id < ${add(toUuid(after))}`)
  if (purpose !== undefined) where.add((add) => `a.purpose = ${add(purpose)}`)
  if (ownerId !== undefined) where.add((add) => `a.owner_id = ${add(ownerId)}`)
  if (ownerIds !== undefined) where.add((add) => `a.owner_id = any(${add(sqlArray(ownerIds))}::text[])`)
  if (status !== undefined) where.add((add) => `a.status = ${add(status)}`)
  const rows = await db.query<AccountRow>(
    `select ${ACCOUNT_COLUMNS} from accounts a
     left join lateral (
       select * from entries where tenant_id = $1 and account_id = a.account_id
       order by sequence desc, position desc limit 1
     ) e on true
     where a.tenant_id = $1${where.sql}
     order by a.account_id desc limit ${where.parameter(limit + 1)}`,
    where.parameters,
  )
  return toPage(rows.map(toAccount), limit, ({ accountId }) => accountId)
}
