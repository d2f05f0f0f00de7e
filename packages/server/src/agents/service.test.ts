import { generateKeyPairSync } from 'node:crypto'
import type { DeviceKey } from '@pisto/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { getLogOpenings } from '../log/openings.ts'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { agentHandlers } from './handlers.ts'
import { findAgentDecisionTexts } from './store.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

function aKey(): DeviceKey {
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
  return { kty: 'EC', crv: 'P-256', x, y }
}

async function anAgent() {
  const tenant = await aTenant(world)
  const agents = agentHandlers(world)
  const agent = await agents.createAgent({ body: { name: 'ana.lopez' } }, aCall(tenant, 'createAgent'))
  const add = (publicKey: DeviceKey, agentId = agent.id) =>
    agents.addAgentDevice({ agentId, body: { publicKey } }, aCall(tenant, 'addAgentDevice'))
  const decide = (action: 'suspendAgent' | 'reinstateAgent', note?: string) =>
    agents[action](
      { agentId: agent.id, body: { actor: 'rosa', ...(note !== undefined && { note }) } },
      aCall(tenant, action),
    )
  return { tenant, agents, agent, add, decide }
}

it('an agent is taken on, found and listed by status', async () => {
  const { tenant, agents, agent, decide } = await anAgent()
  const other = await agents.createAgent({ body: { name: 'luis' } }, aCall(tenant, 'createAgent'))
  await decide('suspendAgent')

  expect(agent).toMatchObject({ id: expect.stringMatching(/^agt_/), status: 'active', name: 'ana.lopez' })
  expect(await agents.getAgent({ agentId: agent.id }, aCall(tenant, 'getAgent'))).toMatchObject({ status: 'suspended' })
  const list = (query: object) => agents.listAgents({ query }, aCall(tenant, 'listAgents'))
  expect((await list({})).data.map(({ id }) => id)).toEqual([other.id, agent.id])
  expect((await list({ status: 'suspended' })).data.map(({ id }) => id)).toEqual([agent.id])
  const [first] = (await list({ limit: 1 })).data
  expect((await list({ after: first?.id })).data.map(({ id }) => id)).toEqual([agent.id])
})

it('suspending and reinstating are decisions: who and why are behind a commitment in the log', async () => {
  const { tenant, agents, agent, decide } = await anAgent()
  await decide('suspendAgent', 'Teléfono perdido')
  await expect(decide('suspendAgent')).rejects.toMatchObject({
    code: 'agent_wrong_status',
    facts: { status: 'suspended' },
  })
  await decide('reinstateAgent')
  await expect(decide('reinstateAgent')).rejects.toMatchObject({ code: 'agent_wrong_status' })

  const { data } = await agents.listAgentDecisions({ agentId: agent.id, query: {} }, aCall(tenant, 'list'))
  expect(data).toMatchObject([
    { action: 'reinstate', actor: 'rosa', note: null },
    { action: 'suspend', actor: 'rosa', note: 'Teléfono perdido' },
  ])
  const openings = await getLogOpenings(
    { ...world, keptTexts: [findAgentDecisionTexts] },
    aCall(tenant, 'openings'),
    data[1]?.transactionId ?? '',
  )
  expect(openings.data).toMatchObject([{ record: { actor: 'rosa', note: 'Teléfono perdido' } }])
})

it('the same key is the same device; nobody else’s, and none that was revoked', async () => {
  const { tenant, agents, agent, add } = await anAgent()
  const key = aKey()
  const device = await add(key)

  expect(await add(key)).toEqual(device)
  const other = await agents.createAgent({ body: { name: 'luis' } }, aCall(tenant, 'createAgent'))
  await expect(add(key, other.id)).rejects.toMatchObject({ code: 'device_key_taken' })
  const revoke = () =>
    agents.revokeAgentDevice({ agentId: agent.id, deviceId: device.id }, aCall(tenant, 'revokeAgentDevice'))
  expect(await revoke()).toMatchObject({ status: 'revoked' })
  expect(await revoke(), 'once more does nothing').toMatchObject({ status: 'revoked' })
  await expect(add(key)).rejects.toMatchObject({ code: 'device_key_taken' })
  const { data } = await agents.listAgentDevices({ agentId: agent.id, query: {} }, aCall(tenant, 'listAgentDevices'))
  expect(data).toMatchObject([{ id: device.id, status: 'revoked', publicKey: key }])
})

it('refuses a key that is no point of the curve, and devices of nobody', async () => {
  const { tenant, agents, agent, add } = await anAgent()
  const { id: deviceId } = await add(aKey())
  const stranger = await anAgent()

  await expect(add({ ...aKey(), x: 'A'.repeat(43) })).rejects.toMatchObject({ code: 'request_invalid' })
  await expect(stranger.add(aKey(), agent.id)).rejects.toMatchObject({ code: 'agent_not_found' })
  const revoke = (agentId: string, id: string) =>
    agents.revokeAgentDevice({ agentId, deviceId: id }, aCall(tenant, 'revokeAgentDevice'))
  await expect(revoke(agent.id, 'agd_00000000000000000000000000')).rejects.toMatchObject({
    code: 'agent_device_not_found',
  })
  const other = await agents.createAgent({ body: { name: 'luis' } }, aCall(tenant, 'createAgent'))
  await expect(revoke(other.id, deviceId)).rejects.toMatchObject({ code: 'agent_device_not_found' })
})

it('a suspended agent gets no new device', async () => {
  const { add, decide } = await anAgent()
  await decide('suspendAgent')

  await expect(add(aKey())).rejects.toMatchObject({ code: 'agent_wrong_status' })
})
