import {
  type AddAgentDevice,
  type Agent as AgentAnswer,
  type AgentDecision,
  type CreateAgent,
  type DecideOnAgent,
  type AgentDevice as DeviceAnswer,
  NotFound,
  PistoProblem,
  WrongStatus,
} from '@pisto/contract'
import type { Queryable } from '@pisto/ledger'
import { calculateJwkThumbprint, importJWK } from 'jose'
import { commitText } from '../platform/committed-text.ts'
import type { Call } from '../platform/http/call.ts'
import { perform } from '../platform/perform.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { type Agent, type AgentDevice, showAgent, showDevice, textOfDecision } from './agent.ts'
import { findDevice, findDeviceByKey, insertDevices, revokeDevices } from './device-store.ts'
import { AGENT_MOVES } from './states.ts'
import { findAgent, insertAgentDecisions, insertAgents, moveAgents } from './store.ts'

export type AgentDeps = Pick<Runtime, 'db' | 'ledger' | 'ids' | 'random'>

/** Takes an agent on. */
export function createAgent(deps: AgentDeps, call: Call, { name }: CreateAgent): Promise<AgentAnswer> {
  const id = deps.ids.next('agt')
  return perform<AgentAnswer>(deps.ledger, call, ({ ledgerTime: createdAt }) => {
    const agent: Agent = { id, status: 'active', name, createdAt }
    return {
      purpose: 'agent.created',
      references: { agentId: id },
      events: [{ type: 'agent.created', objectId: id, status: agent.status }],
      companions: [insertAgents.row(agent)],
      answer: showAgent(agent, call.livemode),
    }
  })
}

/** @throws {NotFound} this tenant has no such agent */
export async function getAgent(reader: Queryable, tenantId: string, id: string): Promise<Agent> {
  const agent = await findAgent(reader, tenantId, id)
  if (agent === undefined) throw new NotFound('agent_not_found', { id })
  return agent
}

const VERBS = { suspend: 'suspended', reinstate: 'reinstated' } as const

/**
 * Suspends or reinstates an agent; who and why are a leaf of the log.
 *
 * @throws {NotFound} this tenant has no such agent
 * @throws {WrongStatus} the present status does not allow it
 */
export function decideOnAgent(
  deps: AgentDeps,
  call: Call,
  id: string,
  action: AgentDecision['action'],
  { actor, note: told }: DecideOnAgent,
): Promise<AgentAnswer> {
  const note = told ?? null
  const decisionId = deps.ids.next('dec')
  const { salt, commitments } = commitText(deps.random, textOfDecision({ actor, note }))
  return perform<AgentAnswer>(deps.ledger, call, async ({ reader, ledgerTime: decidedAt }) => {
    const agent = await getAgent(reader, call.tenantId, id)
    const status = AGENT_MOVES[agent.status][action]
    if (status === undefined) throw new WrongStatus('agent_wrong_status', { status: agent.status })
    const type = `agent.${VERBS[action]}` as const
    return {
      purpose: type,
      references: { agentId: id, decisionId },
      events: [{ type, objectId: id, status }],
      commitments,
      companions: [
        moveAgents.row({ id, from: agent.status, to: status }),
        insertAgentDecisions.row({ id: decisionId, agentId: id, action, actor, note, salt, decidedAt }),
      ],
      answer: showAgent({ ...agent, status }, call.livemode),
    }
  })
}

/**
 * Lets a device sign and synchronise for its agent.
 *
 * @throws {NotFound} this tenant has no such agent
 * @throws {WrongStatus} the agent is suspended
 * @throws {PistoProblem} `device_key_taken`, `request_invalid`: the key is no point of the curve
 */
export async function addAgentDevice(
  deps: AgentDeps,
  call: Call,
  agentId: string,
  { publicKey }: AddAgentDevice,
): Promise<DeviceAnswer> {
  const id = deps.ids.next('agd')
  const isKey = await importJWK({ ...publicKey, alg: 'ES256' }).then(
    () => true,
    () => false,
  )
  const keyThumbprint = await calculateJwkThumbprint(publicKey)
  return perform<DeviceAnswer>(deps.ledger, call, async ({ reader, ledgerTime: createdAt }) => {
    const agent = await getAgent(reader, call.tenantId, agentId)
    if (!isKey) throw noSuchKey()
    const known = await findDeviceByKey(reader, call.tenantId, keyThumbprint)
    if (known !== undefined) {
      if (known.agentId !== agentId || known.status !== 'active') throw new PistoProblem('device_key_taken')
      return { purpose: 'agent.deviceKnown', answer: showDevice(known, call.livemode) }
    }
    if (agent.status !== 'active') throw new WrongStatus('agent_wrong_status', { status: agent.status })
    const device: AgentDevice = { id, agentId, status: 'active', publicKey, keyThumbprint, createdAt }
    return {
      purpose: 'agent.deviceAdded',
      references: { agentId, deviceId: id },
      events: [{ type: 'agent.deviceAdded', objectId: id, status: device.status }],
      companions: [insertDevices.row(device)],
      answer: showDevice(device, call.livemode),
    }
  })
}

/**
 * Takes nothing more from a device, for good. Once more does nothing.
 *
 * @throws {NotFound} this tenant has no such agent, or it no such device
 */
export function revokeAgentDevice(
  deps: AgentDeps,
  call: Call,
  { agentId, deviceId }: { readonly agentId: string; readonly deviceId: string },
): Promise<DeviceAnswer> {
  return perform<DeviceAnswer>(deps.ledger, call, async ({ reader }) => {
    await getAgent(reader, call.tenantId, agentId)
    const device = await findDevice(reader, call.tenantId, deviceId)
    if (device?.agentId !== agentId) throw new NotFound('agent_device_not_found', { id: deviceId })
    const revoked: AgentDevice = { ...device, status: 'revoked' }
    const answer = showDevice(revoked, call.livemode)
    if (device.status === 'revoked') return { purpose: 'agent.deviceKnown', answer }
    return {
      purpose: 'agent.deviceRevoked',
      references: { agentId, deviceId },
      events: [{ type: 'agent.deviceRevoked', objectId: deviceId, status: revoked.status }],
      companions: [revokeDevices.row({ id: deviceId })],
      answer,
    }
  })
}

const noSuchKey = (): PistoProblem =>
  new PistoProblem(
    'request_invalid',
    {},
    {
      errors: [
        {
          pointer: '/publicKey',
          code: 'key_invalid',
          message: 'Is no point of the curve P-256',
          messageEs: 'No es un punto de la curva P-256',
        },
      ],
    },
  )
