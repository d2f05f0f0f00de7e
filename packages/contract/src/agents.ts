import { type Static, Type } from 'typebox'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import { Actor } from './operators.ts'
import { Livemode, nullable, pageOf, pageQuery, strictObject, Timestamp, text } from './values.ts'

export const AgentStatus = Type.Enum(['active', 'suspended'], { description: 'A suspended agent enrols nobody' })
export type AgentStatus = Static<typeof AgentStatus>

export const Agent = strictObject(
  {
    id: idOf('agt'),
    livemode: Livemode,
    status: AgentStatus,
    name: Type.String({ description: 'As your own system knows the agent' }),
    createdAt: Timestamp,
  },
  { title: 'Agent', description: 'A person who enrols others in the field, for a tenant' },
)
export interface Agent extends Static<typeof Agent> {}

export const CreateAgent = strictObject(
  { name: { ...text(100), description: 'As your own system knows the agent; your backend vouches for it' } },
  { title: 'CreateAgent' },
)
export interface CreateAgent extends Static<typeof CreateAgent> {}

export const DecideOnAgent = strictObject(
  { actor: Actor, note: Type.Optional({ ...text(500), description: 'Why, for your own auditors' }) },
  { title: 'DecideOnAgent' },
)
export interface DecideOnAgent extends Static<typeof DecideOnAgent> {}

export const AgentDecision = strictObject(
  {
    id: idOf('dec'),
    livemode: Livemode,
    action: Type.Enum(['suspend', 'reinstate']),
    actor: Type.String(),
    note: nullable(Type.String()),
    transactionId: idOf('txn'),
    time: Timestamp,
  },
  { title: 'AgentDecision', description: 'One decision about an agent, as its leaf in the log has it' },
)
export interface AgentDecision extends Static<typeof AgentDecision> {}

const coordinate = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', description: '32 bytes in base64url' })

export const DeviceKey = strictObject(
  { kty: Type.Enum(['EC']), crv: Type.Enum(['P-256']), x: coordinate, y: coordinate },
  { title: 'DeviceKey', description: 'The public key as JWK (RFC 7517); the private one never leaves the device' },
)
export interface DeviceKey extends Static<typeof DeviceKey> {}

export const AgentDevice = strictObject(
  {
    id: idOf('agd'),
    livemode: Livemode,
    agentId: idOf('agt'),
    status: Type.Enum(['active', 'revoked']),
    publicKey: DeviceKey,
    createdAt: Timestamp,
  },
  { title: 'AgentDevice', description: 'A phone or tablet of an agent: its key signs attestations' },
)
export interface AgentDevice extends Static<typeof AgentDevice> {}

export const AddAgentDevice = strictObject({ publicKey: DeviceKey }, { title: 'AddAgentDevice' })
export interface AddAgentDevice extends Static<typeof AddAgentDevice> {}

const degrees = (digits: 2 | 3, description: string) =>
  Type.String({
    pattern: `^-?\\d{1,${digits}}\\.\\d{2}$`,
    description: `${description}, in degrees`,
    examples: ['14.63'],
  })

export const CoarsePlace = strictObject(
  { latitude: degrees(2, 'North is positive'), longitude: degrees(3, 'East is positive') },
  { title: 'CoarsePlace', description: 'WGS 84 with two decimals: about a kilometre' },
)
export interface CoarsePlace extends Static<typeof CoarsePlace> {}

/** What an agent attests: the payload of the JWS that the device signs. */
export const Attestation = strictObject(
  {
    textVersion: Type.String({ pattern: '^[A-Za-z0-9._-]{1,40}$', description: 'Which text the agent agreed to' }),
    documentSeen: Type.Literal(true),
    consentGiven: Type.Literal(true),
    attestedAt: Timestamp,
    place: nullable(CoarsePlace),
    deviceId: idOf('agd'),
    operationId: Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }),
    bodyHash: { ...coordinate, description: 'SHA-256 of the canonical JSON (RFC 8785) of what was filled in' },
  },
  { title: 'Attestation' },
)
export interface Attestation extends Static<typeof Attestation> {}

export const Enrolment = strictObject(
  {
    id: idOf('enr'),
    livemode: Livemode,
    registrationId: Type.String({ description: '`mer_…` or `con_…`' }),
    agentId: idOf('agt'),
    deviceId: idOf('agd'),
    attestedAt: { ...Timestamp, description: 'By the clock of the device' },
    place: nullable(CoarsePlace),
    attestation: Type.String({ description: 'The compact JWS (ES256) as the device signed it' }),
    transactionId: idOf('txn'),
    createdAt: { ...Timestamp, description: 'When it reached the server' },
  },
  { title: 'Enrolment', description: 'Who enrolled somebody, on which device, when and where, with the evidence' },
)
export interface Enrolment extends Static<typeof Enrolment> {}

export const AgentPage = pageOf(Agent, 'AgentPage')
export const AgentDevicePage = pageOf(AgentDevice, 'AgentDevicePage')
export const AgentDecisionPage = pageOf(AgentDecision, 'AgentDecisionPage')
export const EnrolmentPage = pageOf(Enrolment, 'EnrolmentPage')

const READ = { method: 'GET', scope: 'agents:read' } as const
const WRITE = { method: 'POST', scope: 'agents:write', idempotencyKey: 'accepted' } as const

export const createAgent = operation({
  ...WRITE,
  id: 'createAgent',
  path: '/v1/agents',
  summary: 'Take on an agent',
  body: CreateAgent,
  response: Agent,
  status: 201,
  problems: [],
})

export const listAgents = operation({
  ...READ,
  id: 'listAgents',
  path: '/v1/agents',
  summary: 'List agents, newest first',
  query: strictObject({ ...pageQuery, status: Type.Optional(AgentStatus) }),
  response: AgentPage,
  problems: [],
})

export const getAgent = operation({
  ...READ,
  id: 'getAgent',
  path: '/v1/agents/{agentId}',
  summary: 'Get an agent',
  response: Agent,
  problems: ['agent_not_found'],
})

export const suspendAgent = operation({
  ...WRITE,
  id: 'suspendAgent',
  path: '/v1/agents/{agentId}/suspend',
  summary: 'Suspend an agent: what the agent’s devices send is not taken until the agent is reinstated',
  body: DecideOnAgent,
  response: Agent,
  problems: ['agent_not_found', 'agent_wrong_status'],
})

export const reinstateAgent = operation({
  ...WRITE,
  id: 'reinstateAgent',
  path: '/v1/agents/{agentId}/reinstate',
  summary: 'Let a suspended agent go on',
  body: DecideOnAgent,
  response: Agent,
  problems: ['agent_not_found', 'agent_wrong_status'],
})

export const listAgentDecisions = operation({
  ...READ,
  id: 'listAgentDecisions',
  path: '/v1/agents/{agentId}/decisions',
  summary: 'Who suspended or reinstated an agent, and why, newest first',
  query: strictObject(pageQuery),
  response: AgentDecisionPage,
  problems: ['agent_not_found'],
})

export const addAgentDevice = operation({
  ...WRITE,
  id: 'addAgentDevice',
  path: '/v1/agents/{agentId}/devices',
  summary: 'Let a device of the agent sign and synchronise; the same key again is the same device',
  body: AddAgentDevice,
  response: AgentDevice,
  status: 201,
  problems: ['agent_not_found', 'agent_wrong_status', 'device_key_taken'],
})

export const listAgentDevices = operation({
  ...READ,
  id: 'listAgentDevices',
  path: '/v1/agents/{agentId}/devices',
  summary: 'List the devices of an agent, newest first',
  query: strictObject(pageQuery),
  response: AgentDevicePage,
  problems: ['agent_not_found'],
})

export const revokeAgentDevice = operation({
  ...WRITE,
  id: 'revokeAgentDevice',
  path: '/v1/agents/{agentId}/devices/{deviceId}/revoke',
  summary: 'Take nothing more from a device, for good: it was lost, or the agent has another',
  response: AgentDevice,
  problems: ['agent_not_found', 'agent_device_not_found'],
})

export const listEnrolments = operation({
  ...READ,
  id: 'listEnrolments',
  path: '/v1/enrolments',
  summary: 'List what agents attested, newest first',
  query: strictObject({
    ...pageQuery,
    agentId: Type.Optional(idOf('agt')),
    registrationId: Type.Optional(
      Type.String({ pattern: '^(mer|con)_[0-7][0-9a-hjkmnp-tv-z]{25}$', description: 'A merchant or consumer' }),
    ),
  }),
  response: EnrolmentPage,
  problems: [],
})
