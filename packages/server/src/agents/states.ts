import type { AgentDecision, AgentStatus } from '@pisto/contract'

/** Where an agent can go. */
export const AGENT_MOVES: Readonly<
  Record<AgentStatus, Readonly<Partial<Record<AgentDecision['action'], AgentStatus>>>>
> = {
  active: { suspend: 'suspended' },
  suspended: { reinstate: 'active' },
}
