import { generateKeyPairSync, randomUUID } from 'node:crypto'
import type { Writing } from './write-screenings.ts'

/** Everything that an agent and its device write, and what is written about them. */
export async function writeFieldWork({ done, canary }: Pick<Writing, 'done' | 'canary'>): Promise<void> {
  const { id: agentId } = await done('createAgent', { body: { name: canary() } })
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
  const publicKey = { kty: 'EC', crv: 'P-256', x, y }
  const { id: deviceId } = await done('addAgentDevice', { agentId, body: { publicKey } })
  const written = { [canary()]: canary() }
  const entry = { id: randomUUID(), subject: randomUUID(), previous: null, clientTime: '2026-01-01T00:00:00.000Z' }
  const operation = { ...entry, sequence: 1, kind: 'updateMerchant', body: written, base: { [canary()]: canary() } }
  await done('syncJournal', { body: { deviceId, operations: [operation] } })
  for (const verb of ['suspend', 'reinstate']) {
    await done(`${verb}Agent`, { agentId, body: { actor: canary(), note: canary() } })
  }
}
