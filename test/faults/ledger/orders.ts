import { companion, type Queryable, sqlArray, toTypeId, toUuid } from '@pisto/ledger'

export type OrderStatus = 'open' | 'paid'

interface OrderRow {
  readonly orderId: string
}

/** Rows that are written with the money. */
export const insertOrders = companion<OrderRow>({
  sql: `insert into crash_orders (tenant_id, order_id, status, sequence)
        select $1, x.id, 'open', x.sequence from unnest($2::uuid[], $3::bigint[]) as x(id, sequence)`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => toUuid(row.orderId, 'ord'))),
    sqlArray(rows.map(({ posted }) => posted.sequence)),
  ],
})

/** A guard: an order is paid once. Its batch waits for the answer before it commits. */
export const payOrders = companion<OrderRow>({
  refusal: 'order_wrong_status',
  key: ({ orderId }) => orderId,
  sql: `update crash_orders o set status = 'paid'
        from unnest($2::uuid[]) with ordinality as x(id, n)
        where o.tenant_id = $1 and o.order_id = x.id and o.status = 'open' returning x.n`,
  columns: (rows) => [sqlArray(rows.map(({ row }) => toUuid(row.orderId, 'ord')))],
})

export async function readOrders(db: Queryable, tenantId: string): Promise<Map<string, OrderStatus>> {
  const rows = await db.query<{ order_id: string; status: OrderStatus }>(
    'select order_id, status from crash_orders where tenant_id = $1',
    [toUuid(tenantId, 'ten')],
  )
  return new Map(rows.map(({ order_id, status }) => [toTypeId('ord', order_id), status]))
}
