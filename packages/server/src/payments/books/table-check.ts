import { isTypeId, type Queryable, type SqlValue, sqlArray, toUuid } from '@pisto/ledger'
import type { BooksLeaf } from './leaf.ts'

/** A row of ours that is not what the log says. */
export interface PaymentBooksFinding {
  readonly table: 'payments' | 'refunds' | 'payment_requests' | 'qr_codes' | 'registration_decisions'
  /** TypeID of the row. */
  readonly id: string
  readonly sequence: number
  /** Index of the leaf concerned: its sequence less one. */
  readonly leafIndex: number
  readonly message: string
}

interface PlacedRow {
  readonly id: string
  readonly sequence: number
}

/** What the rows of one table have to do with the log. */
export interface TableRules<Row extends PlacedRow> {
  readonly table: PaymentBooksFinding['table']
  /** Of the table's TypeIDs. */
  readonly prefix: string
  /** Ids of the rows of this table that a leaf is about. */
  idsOf(leaf: BooksLeaf): readonly (string | undefined)[]
  /** @param where Conditions on `r`; `values` are theirs. */
  read(db: Queryable, where: string, values: readonly SqlValue[]): Promise<Row[]>
  /** Contradictions with the transaction that the row points to. */
  compare(row: Row, leaf: BooksLeaf): string[]
  /** Contradictions with a transaction that is about the row and may have made it. */
  compareMade(row: Row, leaf: BooksLeaf): string[]
}

/** The leaves from one sequence to another. */
interface LeafPage {
  readonly from: number
  readonly to: number
  readonly leaves: readonly BooksLeaf[]
}

export interface TableCheck {
  /** Holds rows and leaves of a page against each other, both ways. */
  page(db: Queryable, tenantId: string, page: LeafPage): Promise<PaymentBooksFinding[]>
  /** Rows that point to where the log has nothing: before its first leaf or after its last. */
  outside(db: Queryable, tenantId: string, lastSequence: number): Promise<PaymentBooksFinding[]>
}

/** Rows read at a time: a page has 1,000 leaves, and a leaf moves at most two rows of a table. */
const LIMIT = 2_000

export function tableCheck<Row extends PlacedRow>(rules: TableRules<Row>): TableCheck {
  const { table, prefix, idsOf, read, compare, compareMade } = rules
  const finding = ({ id, sequence }: PlacedRow, message: string): PaymentBooksFinding => ({
    table,
    id,
    sequence,
    leafIndex: sequence - 1,
    message,
  })

  async function rowsToLeaves(db: Queryable, tenant: string, page: LeafPage): Promise<PaymentBooksFinding[]> {
    const { from, to, leaves } = page
    const bySequence = new Map(leaves.map((leaf) => [leaf.sequence, leaf]))
    const rows = await read(
      db,
      `r.tenant_id = $1 and r.sequence between $2 and $3 order by r.sequence, r.id limit ${LIMIT}`,
      [tenant, from, to],
    )
    return rows.flatMap((row) => {
      const leaf = bySequence.get(row.sequence)
      const messages = leaf ? compare(row, leaf) : ['the log has no such transaction']
      return messages.map((message) => finding(row, message))
    })
  }

  async function leavesToRows(db: Queryable, tenant: string, { leaves }: LeafPage): Promise<PaymentBooksFinding[]> {
    const about = leaves.flatMap((leaf) =>
      idsOf(leaf).flatMap((id) => (id !== undefined && isTypeId(id, prefix) ? [{ id, leaf }] : [])),
    )
    if (about.length === 0) return []
    const ids = [...new Set(about.map(({ id }) => toUuid(id)))]
    const rows = await read(db, 'r.tenant_id = $1 and r.id = any($2::uuid[])', [tenant, sqlArray(ids)])
    const byId = new Map(rows.map((row) => [row.id, row]))
    return about.flatMap(({ id, leaf }) => {
      const row = byId.get(id)
      const messages = row === undefined ? ['the row is missing'] : messagesOf(row, leaf)
      return messages.map((message) => finding({ id, sequence: leaf.sequence }, message))
    })
  }

  function messagesOf(row: Row, leaf: BooksLeaf): string[] {
    const wrong = compareMade(row, leaf)
    return row.sequence < leaf.sequence ? [...wrong, `the row stops at sequence ${row.sequence}`] : wrong
  }

  return {
    async page(db, tenantId, page) {
      const tenant = toUuid(tenantId, 'ten')
      return [...(await rowsToLeaves(db, tenant, page)), ...(await leavesToRows(db, tenant, page))]
    },
    async outside(db, tenantId, lastSequence) {
      const rows = await read(
        db,
        'r.tenant_id = $1 and (r.sequence < 1 or r.sequence > $2) order by r.sequence limit 100',
        [toUuid(tenantId, 'ten'), lastSequence],
      )
      return rows.map((row) => finding(row, 'the log has no such transaction'))
    },
  }
}
