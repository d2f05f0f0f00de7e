import type { AgentStatus } from '@pisto/contract'
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
import type { FindKeptTexts } from '../log/openings.ts'
import { type Column, insertRows, selected } from '../platform/database/insert-rows.ts'
import { type Agent, type AgentDecision, type PlacedAgentDecision, textOfDecision } from './agent.ts'

const AGENT_COLUMNS: readonly Column<Agent>[] = [
  ['id', 'uuid', ({ id }) => toUuid(id, 'agt')],
  ['status', 'text', ({ status }) => status],
  ['name', 'text', ({ name }) => name],
  ['created_at', 'timestamptz', ({ createdAt }) => createdAt],
]
const DECISION_COLUMNS: readonly Column<AgentDecision>[] = [
  ['id', 'uuid', ({ id }) => toUuid(id, 'dec')],
  ['agent_id', 'uuid', ({ agentId }) => toUuid(agentId, 'agt')],
  ['action', 'text', ({ action }) => action],
  ['actor', 'text', ({ actor }) => actor],
  ['note', 'text', ({ note }) => note],
  ['salt', 'bytea', ({ salt }) => salt],
  ['transaction_id', 'uuid', (_, { transactionId }) => toUuid(transactionId, 'txn')],
  ['sequence', 'bigint', (_, { sequence }) => sequence],
  ['decided_at', 'timestamptz', ({ decidedAt }) => decidedAt],
]
const AGENT = selected(AGENT_COLUMNS, 'r')
const DECISION = selected(DECISION_COLUMNS, 'r')

export const insertAgents = insertRows<Agent>('agents', AGENT_COLUMNS)
export const insertAgentDecisions = insertRows<AgentDecision>('agent_decisions', DECISION_COLUMNS)

/** Moves agents of which nobody has decided meanwhile. */
export const moveAgents = companion<{ readonly id: string; readonly from: AgentStatus; readonly to: AgentStatus }>({
  refusal: 'agent_wrong_status',
  key: ({ id }) => id,
  sql: `update agents r set status = x.next
        from unnest($2::uuid[], $3::text[], $4::text[]) with ordinality as x(id, previous, next, n)
        where r.tenant_id = $1 and r.id = x.id and r.status = x.previous
        returning x.n`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => toUuid(row.id, 'agt'))),
    sqlArray(rows.map(({ row }) => row.from)),
    sqlArray(rows.map(({ row }) => row.to)),
  ],
})

interface AgentRow {
  readonly id: string
  readonly status: AgentStatus
  readonly name: string
  readonly created_at: Date
}

const toAgent = ({ id, status, name, created_at: createdAt }: AgentRow): Agent => ({
  id: toTypeId('agt', id),
  status,
  name,
  createdAt,
})

/** @returns Undefined: this tenant has no such agent; also for ids that are none. */
export async function findAgent(reader: Queryable, tenantId: string, id: string): Promise<Agent | undefined> {
  if (!isTypeId(id, 'agt')) return undefined
  const [row] = await reader.query<AgentRow>(`select ${AGENT} from agents r where r.tenant_id = $1 and r.id = $2`, [
    toUuid(tenantId, 'ten'),
    toUuid(id),
  ])
  return row && toAgent(row)
}

interface ListPage {
  /** Only those older than this id. */
  readonly before: string | undefined
  readonly limit: number
}

/** Newest first. */
export async function listAgents(
  reader: Queryable,
  tenantId: string,
  { status, before, limit }: ListPage & { readonly status: AgentStatus | undefined },
): Promise<Agent[]> {
  const where = new Conditions(toUuid(tenantId, 'ten'))
  if (status !== undefined) where.add((add) => `r.status = ${add(status)}`)
  if (before !== undefined) where.add((add) => `r.id < ${add(toUuid(before, 'agt'))}`)
  const rows = await reader.query<AgentRow>(
    `select ${AGENT} from agents r where r.tenant_id = $1${where.sql} order by r.id desc limit ${where.parameter(limit)}`,
    where.parameters,
  )
  return rows.map(toAgent)
}

interface DecisionRow {
  readonly id: string
  readonly agent_id: string
  readonly action: AgentDecision['action']
  readonly actor: string
  readonly note: string | null
  readonly salt: Uint8Array | null
  readonly transaction_id: string
  readonly decided_at: Date
}

async function readDecisions(reader: Queryable, where: string, values: readonly SqlValue[]) {
  const rows = await reader.query<DecisionRow>(`select ${DECISION} from agent_decisions r where ${where}`, values)
  return rows.map(
    (row): PlacedAgentDecision => ({
      id: toTypeId('dec', row.id),
      agentId: toTypeId('agt', row.agent_id),
      action: row.action,
      actor: row.actor,
      note: row.note,
      salt: row.salt,
      transactionId: toTypeId('txn', row.transaction_id),
      decidedAt: row.decided_at,
    }),
  )
}

/** Newest first. */
export async function listAgentDecisions(
  reader: Queryable,
  tenantId: string,
  agentId: string,
  { before, limit }: ListPage,
): Promise<PlacedAgentDecision[]> {
  const where = new Conditions(toUuid(tenantId, 'ten'))
  where.add((add) => `r.agent_id = ${add(toUuid(agentId, 'agt'))}`)
  if (before !== undefined) where.add((add) => `r.id < ${add(toUuid(before, 'dec'))}`)
  const page = `order by r.id desc limit ${where.parameter(limit)}`
  return readDecisions(reader, `r.tenant_id = $1${where.sql} ${page}`, where.parameters)
}

/** Of the decision about an agent that a transaction is, if it is one. */
export const findAgentDecisionTexts: FindKeptTexts = async (reader, tenantId, { transactionId }) => {
  if (!isTypeId(transactionId, 'txn')) return []
  const decisions = await readDecisions(reader, 'r.tenant_id = $1 and r.transaction_id = $2', [
    toUuid(tenantId, 'ten'),
    toUuid(transactionId, 'txn'),
  ])
  return decisions.map((decision) => ({ salt: decision.salt, text: textOfDecision(decision) }))
}
