import type {
  AddAgentDevice,
  Agent,
  AgentDecision,
  AgentDevice,
  CreateAgent,
  DecideOnAgent,
  Enrolment,
} from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { Query } from '../http/route.ts'
import type { CallOptions, WriteOptions } from '../options.ts'

export interface AgentFilter extends Query<'listAgents'> {}
export interface EnrolmentFilter extends Query<'listEnrolments'> {}

/** People who enrol others in the field. */
export interface Agents {
  /** Takes an agent on. */
  create(agent: CreateAgent, options?: WriteOptions): Promise<Agent>
  /** Newest first. */
  list(filter?: AgentFilter, options?: CallOptions): List<Agent>
  get(agentId: string, options?: CallOptions): Promise<Agent>
  /** Takes nothing from the agent's devices until the agent is reinstated. */
  suspend(agentId: string, decision: DecideOnAgent, options?: WriteOptions): Promise<Agent>
  /** Lets a suspended agent go on. */
  reinstate(agentId: string, decision: DecideOnAgent, options?: WriteOptions): Promise<Agent>
  /** Who suspended or reinstated an agent, and why, newest first. */
  decisions(agentId: string, query?: Query<'listAgentDecisions'>, options?: CallOptions): List<AgentDecision>
  /** Lets a device sign and synchronise; the same key again is the same device. */
  addDevice(agentId: string, device: AddAgentDevice, options?: WriteOptions): Promise<AgentDevice>
  /** Newest first. */
  devices(agentId: string, query?: Query<'listAgentDevices'>, options?: CallOptions): List<AgentDevice>
  /** Takes nothing more from a device, for good. */
  revokeDevice(agentId: string, deviceId: string, options?: WriteOptions): Promise<AgentDevice>
  /** What agents attested, with the evidence, newest first. */
  enrolments(filter?: EnrolmentFilter, options?: CallOptions): List<Enrolment>
}

export function agents(http: Http): Agents {
  return {
    create: (body, options) => http.send('createAgent', { body }, options),
    list: (query = {}, options) => http.list('listAgents', { query }, options),
    get: (agentId, options) => http.send('getAgent', { agentId }, options),
    suspend: (agentId, body, options) => http.send('suspendAgent', { agentId, body }, options),
    reinstate: (agentId, body, options) => http.send('reinstateAgent', { agentId, body }, options),
    decisions: (agentId, query = {}, options) => http.list('listAgentDecisions', { agentId, query }, options),
    addDevice: (agentId, body, options) => http.send('addAgentDevice', { agentId, body }, options),
    devices: (agentId, query = {}, options) => http.list('listAgentDevices', { agentId, query }, options),
    revokeDevice: (agentId, deviceId, options) => http.send('revokeAgentDevice', { agentId, deviceId }, options),
    enrolments: (query = {}, options) => http.list('listEnrolments', { query }, options),
  }
}
