import type { OperationTable } from '@pisto/contract'
import type { Handlers } from '../platform/http/handlers.ts'
import { pageById } from '../platform/http/page.ts'
import { showAgent, showDecision, showDevice } from './agent.ts'
import { listDevices } from './device-store.ts'
import { listEnrolments, showEnrolment } from './enrolments.ts'
import { type AgentDeps, addAgentDevice, createAgent, decideOnAgent, getAgent, revokeAgentDevice } from './service.ts'
import { listAgentDecisions, listAgents } from './store.ts'

/** HTTP has been dealt with: input is valid, the caller is known, the operation is allowed. */
export const agentHandlers = (deps: AgentDeps): Handlers<OperationTable['agents']> => ({
  createAgent: ({ body }, call) => createAgent(deps, call, body),
  listAgents: ({ query: { status, ...query } }, { tenantId, livemode }) =>
    pageById(
      query,
      'agt',
      (page) => listAgents(deps.db, tenantId, { ...page, status }),
      (agent) => showAgent(agent, livemode),
    ),
  getAgent: async ({ agentId }, { tenantId, livemode }) =>
    showAgent(await getAgent(deps.db, tenantId, agentId), livemode),
  suspendAgent: ({ agentId, body }, call) => decideOnAgent(deps, call, agentId, 'suspend', body),
  reinstateAgent: ({ agentId, body }, call) => decideOnAgent(deps, call, agentId, 'reinstate', body),
  async listAgentDecisions({ agentId, query }, { tenantId, livemode }) {
    await getAgent(deps.db, tenantId, agentId)
    return pageById(
      query,
      'dec',
      (page) => listAgentDecisions(deps.db, tenantId, agentId, page),
      (decision) => showDecision(decision, livemode),
    )
  },
  addAgentDevice: ({ agentId, body }, call) => addAgentDevice(deps, call, agentId, body),
  async listAgentDevices({ agentId, query }, { tenantId, livemode }) {
    await getAgent(deps.db, tenantId, agentId)
    return pageById(
      query,
      'agd',
      (page) => listDevices(deps.db, tenantId, agentId, page),
      (device) => showDevice(device, livemode),
    )
  },
  revokeAgentDevice: (key, call) => revokeAgentDevice(deps, call, key),
  listEnrolments: ({ query: { agentId, registrationId, ...query } }, { tenantId, livemode }) =>
    pageById(
      query,
      'enr',
      (page) => listEnrolments(deps.db, tenantId, { ...page, agentId, registrationId }),
      (enrolment) => showEnrolment(enrolment, livemode),
    ),
})
