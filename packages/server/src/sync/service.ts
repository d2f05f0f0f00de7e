import {
  type JournalOperation,
  type JournalResult,
  NotFound,
  PistoProblem,
  type SyncRequest,
  WrongStatus,
} from '@pisto/contract'
import type { Queryable } from '@pisto/ledger'
import type { AgentDevice } from '../agents/agent.ts'
import { findDevice } from '../agents/device-store.ts'
import { getAgent } from '../agents/service.ts'
import type { Call } from '../platform/http/call.ts'
import { perform } from '../platform/perform.ts'
import { applyOperation, refuse } from './apply.ts'
import { hmacOf, type Journal, openJournal, type SyncDeps, showOperation, showUnstored } from './journal.ts'
import type { OperationKind } from './kinds.ts'
import { resolveConflict } from './resolve.ts'
import type { DecidedOperation } from './store.ts'

/**
 * Applies a page of a device's journal: each operation once for ever, those about one person in the order of the
 * journal. What cannot be decided yet waits, and is sent again.
 *
 * @returns The results in the order of the request.
 * @throws {NotFound} this tenant has no such device
 * @throws {WrongStatus} the agent is suspended
 * @throws {PistoProblem} `agent_device_revoked`; 5xx: what was decided so far stays, the page is sent again
 */
export async function syncJournal(
  deps: SyncDeps,
  call: Call,
  { deviceId, operations }: SyncRequest,
): Promise<JournalResult[]> {
  await acceptRequest(deps, call, deviceId)
  const device = await getActiveDevice(deps.db, call.tenantId, deviceId)
  const journal = await openJournal(deps, call, device, operations)
  const results = new Map<JournalOperation, JournalResult>()
  let open = operations.toSorted((a, b) => a.sequence - b.sequence)
  for (let isStuck = false; open.length > 0 && !isStuck; ) {
    const waiting: JournalOperation[] = []
    for (const operation of open) {
      const result = await resultOf(deps, journal, operation)
      results.set(operation, result)
      if (result.outcome === 'waiting' && result.problem === null) waiting.push(operation)
    }
    isStuck = waiting.length === open.length
    open = waiting
  }
  return operations.map((operation) => results.get(operation) as JournalResult)
}

/** Takes the request's key before anything is decided: used with another body, it is refused with nothing done. */
async function acceptRequest(deps: SyncDeps, call: Call, deviceId: string): Promise<void> {
  if (call.idempotencyKey === undefined) return
  await perform(deps.ledger, call, async ({ reader }) => {
    await getActiveDevice(reader, call.tenantId, deviceId)
    return { purpose: 'sync.accepted', answer: { deviceId } }
  })
}

async function getActiveDevice(reader: Queryable, tenantId: string, id: string): Promise<AgentDevice> {
  const device = await findDevice(reader, tenantId, id)
  if (device === undefined) throw new NotFound('agent_device_not_found', { id })
  const { status } = await getAgent(reader, tenantId, device.agentId)
  if (device.status !== 'active') throw new PistoProblem('agent_device_revoked')
  if (status !== 'active') throw new WrongStatus('agent_wrong_status', { status })
  return device
}

async function resultOf(deps: SyncDeps, journal: Journal, operation: JournalOperation): Promise<JournalResult> {
  const { language } = journal.call
  const known = journal.decided.get(operation.id)
  if (known !== undefined) {
    if (Buffer.from(known.bodyHmac).equals(hmacOf(deps, operation))) return showOperation(known, language)
    return showUnstored(operation.id, 'refused', language, { problem: new PistoProblem('idempotency_key_reused') })
  }
  const waitingFor = awaited(journal, operation)
  if (waitingFor !== undefined) return showUnstored(operation.id, 'waiting', language, { waitingFor })
  try {
    return showOperation(await decide(deps, journal, operation), language)
  } catch (error) {
    if (!(error instanceof PistoProblem) || error.status >= 500) throw error
    const outcome = error.code === 'rate_limited' ? 'waiting' : 'refused'
    return showUnstored(operation.id, outcome, language, { problem: error })
  }
}

/** @returns The operation that has to be decided, or chosen on, before this one; undefined: none. */
function awaited({ decided }: Journal, { kind, previous, body }: JournalOperation): string | undefined {
  if (kind === 'resolveConflict') {
    const { of } = body
    return typeof of === 'string' && !decided.has(of) ? of : undefined
  }
  if (previous === null) return undefined
  const before = decided.get(previous)
  const isOpen = before === undefined || (before.outcome === 'conflict' && before.settledBy === null)
  return isOpen ? previous : undefined
}

function decide(deps: SyncDeps, journal: Journal, operation: JournalOperation): Promise<DecidedOperation> {
  if (operation.kind === 'resolveConflict') return resolveConflict(deps, journal, operation)
  const before = operation.previous === null ? undefined : journal.decided.get(operation.previous)
  if (before?.outcome === 'refused') {
    return refuse(deps, journal, operation, new PistoProblem('sync_previous_refused'))
  }
  return applyOperation(deps, journal, { ...operation, kind: operation.kind as OperationKind })
}
