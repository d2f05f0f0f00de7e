import { isTypeId, type Queryable, sqlArray, toTypeId, toUuid } from '@pisto/ledger'

/**
 * What some payments are called, by their ids: as the payee asked for them, else as the payer named them; those that
 * have no name are left out.
 */
export async function findPaymentReferences(
  reader: Queryable,
  tenantId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = ids.filter((id) => isTypeId(id, 'pay'))
  if (wanted.length === 0) return new Map()
  const rows = await reader.query<{ id: string; reference: string }>(
    `select p.id, coalesce(r.reference, p.reference) as reference
     from payments p
     left join payment_requests r on r.tenant_id = $1 and r.id = p.payment_request_id
     where p.tenant_id = $1 and p.id = any($2::uuid[]) and coalesce(r.reference, p.reference) is not null`,
    [toUuid(tenantId, 'ten'), sqlArray(wanted.map((id) => toUuid(id)))],
  )
  return new Map(rows.map(({ id, reference }) => [toTypeId('pay', id), reference]))
}
