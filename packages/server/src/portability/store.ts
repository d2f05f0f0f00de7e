import type { PortStatus } from '@pisto/contract'
import { Conditions, companion, isTypeId, type Queryable, sqlArray, toTypeId, toUuid } from '@pisto/ledger'
import { type Column, insertRows, selected } from '../platform/database/insert-rows.ts'
import type { Port } from './port.ts'

interface PortRow {
  readonly id: string
  readonly direction: Port['direction']
  readonly status: PortStatus
  readonly other_tenant_id: string
  readonly other_code: string
  readonly merchant_id: string | null
  readonly name: string
  readonly alias: string
  readonly consent_version: string
  readonly consent_accepted_at: Date
  readonly refusal: string | null
  readonly sealed: Uint8Array | null
  readonly sealed_for: string | null
  readonly revision: number
  readonly expires_at: Date
  readonly created_at: Date
}

const uuidOrNull = (id: string | null): string | null => id && toUuid(id)

/** The one place where fields and columns meet. */
const COLUMNS: readonly Column<Port>[] = [
  ['id', 'uuid', ({ id }) => toUuid(id, 'prt')],
  ['direction', 'text', ({ direction }) => direction],
  ['status', 'text', ({ status }) => status],
  ['other_tenant_id', 'uuid', ({ otherTenantId }) => toUuid(otherTenantId, 'ten')],
  ['other_code', 'text', ({ otherCode }) => otherCode],
  ['merchant_id', 'uuid', ({ merchantId }) => uuidOrNull(merchantId)],
  ['name', 'text', ({ name }) => name],
  ['alias', 'text', ({ alias }) => alias],
  ['consent_version', 'text', ({ consent }) => consent.version],
  ['consent_accepted_at', 'timestamptz', ({ consent }) => consent.acceptedAt],
  ['refusal', 'text', ({ refusal }) => refusal],
  ['sealed', 'bytea', ({ sealed }) => sealed],
  ['sealed_for', 'text', ({ sealedFor }) => sealedFor],
  ['revision', 'integer', ({ revision }) => revision],
  ['expires_at', 'timestamptz', ({ expiresAt }) => expiresAt],
  ['created_at', 'timestamptz', ({ createdAt }) => createdAt],
]
const SELECTED = selected(COLUMNS, 'r')

export const insertPorts = insertRows<Port>('ports', COLUMNS)

function toPort(row: PortRow): Port {
  return {
    id: toTypeId('prt', row.id),
    direction: row.direction,
    status: row.status,
    otherTenantId: toTypeId('ten', row.other_tenant_id),
    otherCode: row.other_code,
    merchantId: row.merchant_id && toTypeId('mer', row.merchant_id),
    name: row.name,
    alias: row.alias,
    consent: { version: row.consent_version, acceptedAt: row.consent_accepted_at },
    refusal: row.refusal,
    sealed: row.sealed,
    sealedFor: row.sealed_for,
    revision: row.revision,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
  }
}

/** What a move changes; its revision grows by one. */
export interface PortMove {
  readonly from: Pick<Port, 'id' | 'revision'>
  readonly to: Pick<Port, 'status' | 'merchantId' | 'name' | 'refusal' | 'sealed' | 'sealedFor'>
}

/** Moves what nobody has moved meanwhile: of cancelling and accepting exactly one happens. */
export const movePorts = companion<PortMove>({
  refusal: 'port_wrong_status',
  key: ({ from }) => from.id,
  sql: `update ports r
        set status = x.status, merchant_id = x.merchant_id, name = x.name, refusal = x.refusal, sealed = x.sealed,
            sealed_for = x.sealed_for, revision = r.revision + 1
        from unnest($2::uuid[], $3::integer[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::bytea[], $9::text[])
          with ordinality as x(id, read_revision, status, merchant_id, name, refusal, sealed, sealed_for, n)
        where r.tenant_id = $1 and r.id = x.id and r.revision = x.read_revision
        returning x.n`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => toUuid(row.from.id, 'prt'))),
    sqlArray(rows.map(({ row }) => row.from.revision)),
    sqlArray(rows.map(({ row }) => row.to.status)),
    sqlArray(rows.map(({ row }) => uuidOrNull(row.to.merchantId))),
    sqlArray(rows.map(({ row }) => row.to.name)),
    sqlArray(rows.map(({ row }) => row.to.refusal)),
    sqlArray(rows.map(({ row }) => row.to.sealed)),
    sqlArray(rows.map(({ row }) => row.to.sealedFor)),
  ],
})

/** @returns Undefined: this tenant has no such move; also for ids that are none. */
export async function findPort(reader: Queryable, tenantId: string, id: string): Promise<Port | undefined> {
  if (!isTypeId(id, 'prt')) return undefined
  const [row] = await reader.query<PortRow>(`select ${SELECTED} from ports r where r.tenant_id = $1 and r.id = $2`, [
    toUuid(tenantId, 'ten'),
    toUuid(id),
  ])
  return row && toPort(row)
}

/** The move of a merchant that is not over. */
export async function findOpenPort(
  reader: Queryable,
  tenantId: string,
  merchantId: string,
): Promise<string | undefined> {
  const [row] = await reader.query<{ id: string }>(
    `select id from ports where tenant_id = $1 and merchant_id = $2 and direction = 'outgoing'
       and status in ('offered', 'accepted')`,
    [toUuid(tenantId, 'ten'), toUuid(merchantId, 'mer')],
  )
  return row && toTypeId('prt', row.id)
}

export interface PortFilter {
  readonly direction?: Port['direction'] | undefined
  readonly status?: PortStatus | undefined
  /** Only those older than this id. */
  readonly before?: string | undefined
  readonly limit: number
}

/** Newest first: ids are UUIDv7, their order is that of business time. */
export async function listPorts(
  reader: Queryable,
  tenantId: string,
  { direction, status, before, limit }: PortFilter,
): Promise<Port[]> {
  const where = new Conditions(toUuid(tenantId, 'ten'))
  if (direction !== undefined) where.add((add) => `r.direction = ${add(direction)}`)
  if (status !== undefined) where.add((add) => `r.status = ${add(status)}`)
  if (before !== undefined) where.add((add) => `r.id < ${add(toUuid(before, 'prt'))}`)
  const rows = await reader.query<PortRow>(
    `select ${SELECTED} from ports r where r.tenant_id = $1${where.sql}
     order by r.id desc limit ${where.parameter(limit)}`,
    where.parameters,
  )
  return rows.map(toPort)
}

/** Every move of one merchant, newest first. */
export async function listPortsOf(reader: Queryable, tenantId: string, merchantId: string): Promise<Port[]> {
  const rows = await reader.query<PortRow>(
    `select ${SELECTED} from ports r where r.tenant_id = $1 and r.merchant_id = $2 order by r.id desc`,
    [toUuid(tenantId, 'ten'), toUuid(merchantId, 'mer')],
  )
  return rows.map(toPort)
}

/** Says on a registration where it has gone: its alias leads to it no more. */
export const markPorted = companion<{ readonly merchantId: string; readonly tenantCode: string }>({
  key: ({ merchantId }) => merchantId,
  sql: `update registrations r set ported_to = x.code from unnest($2::uuid[], $3::text[]) as x(id, code)
        where r.tenant_id = $1 and r.kind = 'merchant' and r.id = x.id`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => toUuid(row.merchantId, 'mer'))),
    sqlArray(rows.map(({ row }) => row.tenantCode)),
  ],
})

/** Destroys the key of a move whose evidence has gone, or has another key. */
export const dropPortKeys = companion<{ readonly portId: string }>({
  key: ({ portId }) => portId,
  sql: `delete from person_keys k using unnest($2::uuid[]) as x(id) where k.tenant_id = $1 and k.person_id = x.id`,
  columns: (rows) => [sqlArray(rows.map(({ row }) => toUuid(row.portId, 'prt')))],
})

/** The look-up row of an alias goes to its new owner. Again, or after a crash: it is there already. */
export async function moveAlias(
  db: Queryable,
  alias: string,
  from: { readonly tenantId: string; readonly merchantId: string },
  to: { readonly tenantId: string; readonly merchantId: string },
): Promise<void> {
  await db.query(
    `update aliases set tenant_id = $2, registration_id = $3 where alias = $1 and tenant_id = $4 and registration_id = $5`,
    [
      alias,
      toUuid(to.tenantId, 'ten'),
      toUuid(to.merchantId, 'mer'),
      toUuid(from.tenantId, 'ten'),
      toUuid(from.merchantId, 'mer'),
    ],
  )
}
