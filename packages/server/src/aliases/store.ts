import { type Queryable, toTypeId, toUuid } from '@pisto/ledger'
import { KIND_PREFIX, type KindName } from '../registrations/kinds.ts'

/** Where an alias or phone leads. */
export interface Holder {
  readonly tenantId: string
  readonly kind: KindName
  readonly registrationId: string
}

/** @param alias 12 digits. @returns Undefined: nobody of any tenant has it. */
export async function findAliasHolder(reader: Queryable, alias: string): Promise<Holder | undefined> {
  const [row] = await reader.query<HolderRow>('select tenant_id, kind, registration_id from aliases where alias = $1', [
    alias,
  ])
  return row && toHolder(row)
}

/** @param phone Its blind index. @returns Of a person's shop and wallet the shop; undefined: nobody of this tenant has it. */
export async function findPhoneHolder(reader: Queryable, tenantId: string, phone: string): Promise<Holder | undefined> {
  const [row] = await reader.query<HolderRow>(
    `select tenant_id, kind, registration_id from registration_phones
     where tenant_id = $1 and phone = $2 order by kind desc limit 1`,
    [toUuid(tenantId, 'ten'), phone],
  )
  return row && toHolder(row)
}

interface HolderRow {
  readonly tenant_id: string
  readonly kind: KindName
  readonly registration_id: string
}

const toHolder = (row: HolderRow): Holder => ({
  tenantId: toTypeId('ten', row.tenant_id),
  kind: row.kind,
  registrationId: toTypeId(KIND_PREFIX[row.kind], row.registration_id),
})
