import type { DeviceKey } from '@pisto/contract'
import {
  Conditions,
  companion,
  isTypeId,
  type Queryable,
  type SqlValue,
  sqlArray,
  toTypeId,
  toUuid,
} from '@pisto/ledger'
import { type Column, selected } from '../platform/database/insert-rows.ts'
import type { AgentDevice } from './agent.ts'

const COLUMNS: readonly Column<AgentDevice>[] = [
  ['id', 'uuid', ({ id }) => toUuid(id, 'agd')],
  ['agent_id', 'uuid', ({ agentId }) => toUuid(agentId, 'agt')],
  ['status', 'text', ({ status }) => status],
  ['public_key', 'json', ({ publicKey }) => JSON.stringify(publicKey)],
  ['key_thumbprint', 'text', ({ keyThumbprint }) => keyThumbprint],
  ['created_at', 'timestamptz', ({ createdAt }) => createdAt],
]
const NAMES = COLUMNS.map(([name]) => name)
const SELECTED = selected(COLUMNS, 'r')

/** A key is one device's, for ever: a second device with it refuses its transaction. */
export const insertDevices = companion<AgentDevice>({
  refusal: 'device_key_taken',
  key: ({ keyThumbprint }) => keyThumbprint,
  idOf: ({ id }) => toUuid(id, 'agd'),
  sql: `insert into agent_devices (tenant_id, ${NAMES.join(', ')})
        select $1, ${NAMES.map((name) => `x.${name}`).join(', ')}
        from unnest(${COLUMNS.map(([, type], index) => `$${index + 2}::${type}[]`).join(', ')}) as x(${NAMES.join(', ')})
        on conflict (tenant_id, key_thumbprint) do nothing
        returning id`,
  columns: (rows) => COLUMNS.map(([, , value]) => sqlArray(rows.map(({ row, posted }) => value(row, posted)))),
})

export const revokeDevices = companion<{ readonly id: string }>({
  key: ({ id }) => id,
  sql: `update agent_devices r set status = 'revoked'
        from unnest($2::uuid[]) as x(id) where r.tenant_id = $1 and r.id = x.id`,
  columns: (rows) => [sqlArray(rows.map(({ row }) => toUuid(row.id, 'agd')))],
})

interface DeviceRow {
  readonly id: string
  readonly agent_id: string
  readonly status: AgentDevice['status']
  readonly public_key: string
  readonly key_thumbprint: string
  readonly created_at: Date
}

async function readDevices(reader: Queryable, where: string, values: readonly SqlValue[]): Promise<AgentDevice[]> {
  const rows = await reader.query<DeviceRow>(`select ${SELECTED} from agent_devices r where ${where}`, values)
  return rows.map((row) => ({
    id: toTypeId('agd', row.id),
    agentId: toTypeId('agt', row.agent_id),
    status: row.status,
    publicKey: JSON.parse(row.public_key) as DeviceKey,
    keyThumbprint: row.key_thumbprint,
    createdAt: row.created_at,
  }))
}

/** @returns Undefined: this tenant has no such device; also for ids that are none. */
export async function findDevice(reader: Queryable, tenantId: string, id: string): Promise<AgentDevice | undefined> {
  if (!isTypeId(id, 'agd')) return undefined
  const [device] = await readDevices(reader, 'r.tenant_id = $1 and r.id = $2', [toUuid(tenantId, 'ten'), toUuid(id)])
  return device
}

export async function findDeviceByKey(
  reader: Queryable,
  tenantId: string,
  keyThumbprint: string,
): Promise<AgentDevice | undefined> {
  const [device] = await readDevices(reader, 'r.tenant_id = $1 and r.key_thumbprint = $2', [
    toUuid(tenantId, 'ten'),
    keyThumbprint,
  ])
  return device
}

/** Newest first. @param page.before Only those older than this id. */
export async function listDevices(
  reader: Queryable,
  tenantId: string,
  agentId: string,
  { before, limit }: { readonly before: string | undefined; readonly limit: number },
): Promise<AgentDevice[]> {
  const where = new Conditions(toUuid(tenantId, 'ten'))
  where.add((add) => `r.agent_id = ${add(toUuid(agentId, 'agt'))}`)
  if (before !== undefined) where.add((add) => `r.id < ${add(toUuid(before, 'agd'))}`)
  const page = `order by r.id desc limit ${where.parameter(limit)}`
  return readDevices(reader, `r.tenant_id = $1${where.sql} ${page}`, where.parameters)
}
