import type {
  Agent as AgentAnswer,
  AgentStatus,
  AgentDecision as DecisionAnswer,
  AgentDevice as DeviceAnswer,
  DeviceKey,
} from '@pisto/contract'
import type { FreeText } from '../platform/committed-text.ts'

/** A person who enrols others for a tenant. */
export interface Agent {
  /** `agt_…` */
  readonly id: string
  readonly status: AgentStatus
  /** As the tenant's own system knows the agent. */
  readonly name: string
  readonly createdAt: Date
}

export interface AgentDevice {
  /** `agd_…` */
  readonly id: string
  readonly agentId: string
  readonly status: DeviceAnswer['status']
  readonly publicKey: DeviceKey
  /** RFC 7638, base64url. */
  readonly keyThumbprint: string
  readonly createdAt: Date
}

/** Who suspended or reinstated an agent, and why. */
export interface AgentDecision {
  /** `dec_…` */
  readonly id: string
  readonly agentId: string
  readonly action: DecisionAnswer['action']
  readonly actor: string
  readonly note: string | null
  /** Opens the leaf's commitment. */
  readonly salt: Uint8Array | null
  readonly decidedAt: Date
}

/** A decision with its transaction in the log. */
export interface PlacedAgentDecision extends AgentDecision {
  readonly transactionId: string
}

/** What the leaf has a commitment to. */
export const textOfDecision = ({ actor, note }: Pick<AgentDecision, 'actor' | 'note'>): FreeText => ({ actor, note })

export const showAgent = ({ id, status, name, createdAt }: Agent, livemode: boolean): AgentAnswer => ({
  id,
  livemode,
  status,
  name,
  createdAt: createdAt.toISOString(),
})

export const showDevice = (device: AgentDevice, livemode: boolean): DeviceAnswer => {
  const { id, agentId, status, publicKey, createdAt } = device
  return { id, livemode, agentId, status, publicKey, createdAt: createdAt.toISOString() }
}

export const showDecision = (decision: PlacedAgentDecision, livemode: boolean): DecisionAnswer => {
  const { id, action, actor, note, transactionId, decidedAt } = decision
  return { id, livemode, action, actor, note, transactionId, time: decidedAt.toISOString() }
}
