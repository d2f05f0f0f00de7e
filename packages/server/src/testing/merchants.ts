import type { Merchant, SubmitRegistration } from '@pisto/contract'
import { merchantHandlers } from '../merchants/handlers.ts'
import type { TenantProfile } from '../tenants/profile.ts'
import { aCall, type TestWorld } from './test-world.ts'

/** Confirms the phone of a merchant by the sandbox's code. */
export async function confirmPhone(world: TestWorld, tenant: TenantProfile, merchantId: string): Promise<void> {
  const handlers = merchantHandlers(world)
  const { id: verificationId } = await handlers.startMerchantPhoneVerification({ merchantId }, aCall(tenant, 'start'))
  const confirm = { merchantId, verificationId, body: { code: '000000' } }
  await handlers.confirmMerchantPhoneVerification(confirm, aCall(tenant, 'confirm'))
}

/** Confirms the phone and submits: whoever has given everything is active, or in review. */
export async function submit(
  world: TestWorld,
  tenant: TenantProfile,
  merchantId: string,
  body: SubmitRegistration = {},
): Promise<Merchant> {
  await confirmPhone(world, tenant, merchantId)
  return merchantHandlers(world).submitMerchant({ merchantId, body }, aCall(tenant, 'submitMerchant'))
}
