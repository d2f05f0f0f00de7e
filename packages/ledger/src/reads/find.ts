import type { Queryable } from '../database/database.ts'
import { parseLeaf } from '../leaf.ts'
import type { AccountView, TransactionView } from '../ledger.ts'
import { isTypeId, toUuid } from '../type-id.ts'
import { ACCOUNT_COLUMNS, type AccountRow, toAccount, toTransaction } from './rows.ts'

/** @param asOf A sequence: the account as it was after it; undefined: as it is. */
export async function findAccount(
  db: Queryable,
  tenantId: string,
  accountId: string,
  asOf?: number,
): Promise<AccountView | undefined> {
  if (!isTypeId(accountId, 'acc')) return undefined
  const [row] = await db.query<AccountRow>(
    `select ${ACCOUNT_COLUMNS} from accounts a
     left join lateral (
       select * from entries where tenant_id = $1 and account_id = a.account_id and sequence <= $3
       order by sequence desc, position desc limit 1
     ) e on true
     where a.tenant_id = $1 and a.account_id = $2 and a.opened_sequence <= $3`,
    [toUuid(tenantId, 'ten'), toUuid(accountId), asOf ?? Number.MAX_SAFE_INTEGER],
  )
  return row && toAccount(row)
}

export async function findTransaction(
  db: Queryable,
  tenantId: string,
  transactionId: string,
): Promise<TransactionView | undefined> {
  if (!isTypeId(transactionId, 'txn')) return undefined
  const [row] = await db.query<{ leaf: string }>(
    'select leaf from transactions where tenant_id = $1 and transaction_id = $2',
    [toUuid(tenantId, 'ten'), toUuid(transactionId)],
  )
  return row && toTransaction(parseLeaf(row.leaf))
}
