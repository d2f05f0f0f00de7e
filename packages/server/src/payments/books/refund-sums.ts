import { type Queryable, toTypeId, toUuid } from '@pisto/ledger'

/** A payment whose refunds do not add up. */
export interface WrongSum {
  readonly paymentId: string
  readonly sequence: number
  readonly message: string
}

const PAGE = 1_000
const FIRST = '00000000-0000-0000-0000-000000000000'

/**
 * Holds every payment's refunded amount and status against the sum of its refunds, page by page.
 *
 * @yields What does not add up.
 */
export async function* wrongRefundSums(db: Queryable, tenantId: string): AsyncGenerator<WrongSum> {
  for (let after: string | undefined = FIRST; after !== undefined; ) {
    const rows: SumRow[] = await readPage(db, toUuid(tenantId, 'ten'), after)
    for (const row of rows) {
      const message = contradictionOf(row)
      if (message) yield { paymentId: toTypeId('pay', row.id), sequence: Number(row.sequence), message }
    }
    after = rows.length === PAGE ? rows.at(-1)?.id : undefined
  }
}

interface SumRow {
  readonly id: string
  readonly sequence: bigint
  readonly status: string
  readonly amount_minor: bigint
  readonly refunded_minor: bigint
  readonly sum_minor: bigint
}

const readPage = (db: Queryable, tenant: string, after: string): Promise<SumRow[]> =>
  db.query<SumRow>(
    `select p.id, p.sequence, p.status, p.amount_minor, p.refunded_minor, coalesce(s.sum_minor, 0)::bigint as sum_minor
     from (select * from payments where tenant_id = $1 and id > $2 order by id limit ${PAGE}) p
     left join (select payment_id, sum(amount_minor)::bigint as sum_minor from refunds
                where tenant_id = $1 and payment_id > $2 group by payment_id) s on s.payment_id = p.id
     order by p.id`,
    [tenant, after],
  )

function contradictionOf(row: SumRow): string | undefined {
  const { amount_minor: amount, refunded_minor: refunded, sum_minor: sum, status } = row
  if (refunded !== sum) return `the refunded amount is ${refunded}, its refunds sum to ${sum} minor units`
  if (sum > amount) return `its refunds sum to ${sum} minor units, more than the ${amount} paid`
  const isRight = sum === 0n ? !status.toLowerCase().includes('refunded') : status === statusAfter(sum, amount)
  return isRight ? undefined : `the status is ${status} with ${sum} of ${amount} minor units refunded`
}

const statusAfter = (sum: bigint, amount: bigint): string => (sum === amount ? 'refunded' : 'partiallyRefunded')
