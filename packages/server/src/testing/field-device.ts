import { randomUUID } from 'node:crypto'
import type { AgentDevice, Attestation, JournalOperation, JournalResult } from '@pisto/contract'
import { CompactSign, exportJWK, generateKeyPair } from 'jose'
import { attestedHash } from '../agents/attestation.ts'
import { agentHandlers } from '../agents/handlers.ts'
import { createValidators } from '../platform/http/validators.ts'
import { syncHandlers } from '../sync/handlers.ts'
import type { TenantProfile } from '../tenants/profile.ts'
import { aCall, type TestWorld } from './test-world.ts'

type Written = Pick<JournalOperation, 'kind' | 'subject'> & Partial<JournalOperation>

/** A phone in the field that writes what it is told to, right or wrong: no journal of the SDK's. */
export interface FieldDevice {
  readonly device: AgentDevice
  /** The next operation; what registers is attested unless it brings its own attestation. */
  operation(written: Written): Promise<JournalOperation>
  /** Signs; `change` falsifies. */
  attest(operation: JournalOperation, change?: Partial<Attestation>): Promise<string>
  send(...operations: readonly JournalOperation[]): Promise<JournalResult[]>
}

/** @param world Of another server, to send to that one. */
export async function aFieldDevice(world: TestWorld, tenant: TenantProfile, agentId?: string): Promise<FieldDevice> {
  const agents = agentHandlers(world)
  const id = agentId ?? (await agents.createAgent({ body: { name: 'ana.lopez' } }, aCall(tenant, 'createAgent'))).id
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const { x = '', y = '' } = await exportJWK(publicKey)
  const device = await agents.addAgentDevice(
    { agentId: id, body: { publicKey: { kty: 'EC', crv: 'P-256', x, y } } },
    aCall(tenant, 'addAgentDevice'),
  )
  const sync = syncHandlers({ ...world, validate: createValidators() })
  let sequence = 0

  const attest: FieldDevice['attest'] = async (operation, change) => {
    const attestation: Attestation = {
      textVersion: '2026-11',
      documentSeen: true,
      consentGiven: true,
      attestedAt: operation.clientTime,
      place: { latitude: '15.47', longitude: '-90.37' },
      deviceId: device.id,
      operationId: operation.id,
      bodyHash: attestedHash(operation),
      ...change,
    }
    const payload = new TextEncoder().encode(JSON.stringify(attestation))
    return new CompactSign(payload).setProtectedHeader({ alg: 'ES256' }).sign(privateKey)
  }
  return {
    device,
    attest,
    async operation(written) {
      const operation: JournalOperation = {
        id: randomUUID(),
        sequence: ++sequence,
        previous: null,
        clientTime: '2026-11-20T08:00:00.000Z',
        body: {},
        ...written,
      }
      const isAttested = operation.kind.startsWith('create') || operation.body['choice'] === 'useMine'
      return isAttested ? { attestation: await attest(operation), ...operation } : operation
    },
    async send(...operations) {
      const body = { deviceId: device.id, operations: [...operations] }
      const { results } = await sync.syncJournal({ body }, aCall(tenant, 'syncJournal'))
      return results
    },
  }
}
