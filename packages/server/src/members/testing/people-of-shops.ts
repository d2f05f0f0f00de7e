import { expect } from 'vitest'
import type { RunningServer } from '../../start.ts'
import { clientOf, register } from '../../testing/client.ts'
import { TestDevice } from '../../testing/device.ts'
import { aPerson } from '../../testing/people.ts'

/** A shop that its bank registered, and its owner's phone. */
interface Shop {
  readonly id: string
  readonly accountId: string
  readonly at: string
  readonly owner: TestDevice
}

/** @param phone Anybody's. */
export const signIn = async (server: RunningServer, phone = aPerson().phone): Promise<TestDevice> =>
  (await TestDevice.make(server)).signIn(phone)

export async function aShop(server: RunningServer): Promise<Shop> {
  const { id, accountId, phone } = await register(clientOf(server), 'merchants')
  return { id, accountId, at: `/v1/merchants/${id}`, owner: await signIn(server, phone) }
}

/** Invited by the owner and joined. */
export async function aMember(server: RunningServer, { at, owner }: Shop, role: 'owner' | 'staff') {
  const { phone } = aPerson()
  const { body: invited } = await owner.post(`${at}/members`, { phone, name: 'Ana', role })
  const device = await signIn(server, phone)
  const joined = await device.post(`${at}/members/${invited.id}/accept`)
  expect(joined.body).toMatchObject({ id: invited.id, role, status: 'active' })
  await device.refresh()
  return { device, id: invited.id as string, phone }
}

export type { Shop }
