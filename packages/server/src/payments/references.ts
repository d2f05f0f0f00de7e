import { isTypeId, type Queryable, sqlArray, toTypeId, toUuid } from '@pisto/ledger'

/**
 * What some payments are called, by their ids: as the payee asked for them (the request's reference, the code's bill
 * number; `***` asks the payer), else as the payer named them; those that have no name are left out.
 */
export async function findPaymentReferences(
  reader: Queryable,
  tenantId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = ids.filter((id) => isTypeId(id, 'pay'))
  if (wanted.length === 0) return new Map()
  const rows = await reader.query<{ id: string; reference: string }>(
    `select id, reference from (
       select p.id, coalesce(r.reference, nullif(q.additional_data ->> 'billNumber', '***'), p.reference) as reference
       from payments p
       left join payment_requests r on r.tenant_id = $1 and r.id = p.payment_request_id
       left join qr_codes q on q.tenant_id = $1 and q.id = p.qr_code_id
       where p.tenant_id = $1 and p.id = any($2::uuid[])
     ) named where reference is not null`,
    [toUuid(tenantId, 'ten'), sqlArray(wanted.map((id) => toUuid(id)))],
  )
  return new Map(rows.map(({ id, reference }) => [toTypeId('pay', id), reference]))
}
