import type { RegistrationStatus } from '@pisto/contract'
import { drawAlias } from '@pisto/identity'
import type { Ledger } from '@pisto/ledger'
import { CONSUMER } from '../../consumers/consumer.ts'
import { MERCHANT } from '../../merchants/merchant.ts'
import { EMPTY_DOSSIER, NO_DOCUMENTS } from '../../registrations/dossier.ts'
import { limitPerson } from '../../registrations/limit-groups.ts'
import type { Registration } from '../../registrations/registration.ts'
import { uniqueKeysOf } from '../../registrations/uniqueness.ts'
import { registering, walletOf } from '../../registrations/writes.ts'
import type { TenantProfile } from '../../tenants/profile.ts'
import { aMerchant, aPerson } from '../../testing/people.ts'
import type { TestWorld } from '../../testing/test-world.ts'

/** Somebody with an account, as submitting a registration leaves them. */
export interface Holder {
  readonly id: string
  readonly alias: string
  readonly accountId: string
}

export interface HolderOptions {
  readonly tradeName?: string
  readonly status?: RegistrationStatus
}

export const aMerchantWithWallet = (world: TestWorld, tenant: TenantProfile, options: HolderOptions = {}) =>
  register(world, tenant, MERCHANT, options)

export const aConsumerWithWallet = (world: TestWorld, tenant: TenantProfile) => register(world, tenant, CONSUMER, {})

async function register(
  world: TestWorld,
  tenant: TenantProfile,
  kind: typeof MERCHANT | typeof CONSUMER,
  { tradeName = 'Tortillería Ñandú', status = 'active' }: HolderOptions,
): Promise<Holder> {
  const [id, accountId] = [world.ids.next(kind.prefix), world.ids.next('acc')]
  const alias = drawAlias(world.random)
  const { person, phone } = aPerson(tenant.country)
  const registration: Registration = {
    kind: kind.name,
    id,
    status,
    tier: 1,
    requestedTier: null,
    dossier: EMPTY_DOSSIER,
    documents: NO_DOCUMENTS,
    cardLines: null,
    country: tenant.country,
    phone,
    phoneConfirmation: null,
    locale: 'es',
    person,
    business: kind === MERCHANT ? { tradeName, categoryCode: aMerchant().categoryCode, municipality: null } : null,
    consent: { version: '2026-11', acceptedAt: world.clock.now(), channel: 'api' },
    givenDocuments: [],
    demands: [],
    alias,
    isFindable: true,
    accountId,
    finding: null,
    flags: [],
    isHeld: false,
    review: null,
    notice: null,
    erasure: null,
    revision: 1,
    policyVersion: 'test',
    externalId: null,
    metadata: {},
    createdAt: world.clock.now(),
  }
  const whose = {
    ...registration,
    accountId,
    tenant,
    registrationId: id,
    keys: uniqueKeysOf(world, tenant.id, registration),
  }
  const nobody = { byDocument: undefined, byPhone: undefined }
  const limited = await limitPerson(world.ids, world.db, tenant.id, whose, nobody)
  await decide(world.ledger, tenant, {
    purpose: kind.activated,
    limitGroups: limited.limitGroups,
    accounts: [walletOf(kind, tenant, { ownerId: id, accountId, ...limited })],
    companions: [...(await registering(world, tenant.id, registration)).companions, ...limited.companions],
    answer: null,
  })
  return { id, alias, accountId }
}

/** Money out of nowhere, as the sandbox has it. */
export async function fund(world: TestWorld, tenant: TenantProfile, accountId: string, amount: string): Promise<void> {
  const cash = world.ids.next('acc')
  const { currency } = tenant
  await decide(world.ledger, tenant, {
    purpose: 'test.funded',
    accounts: [
      { accountId: cash, purpose: 'sandboxFunding', ownerId: null, currency, normalSide: 'debit', noOverdraft: false },
    ],
    transfers: [{ kind: 'posted', debit: cash, credit: accountId, amount: { amount, currency }, uncounted: true }],
    answer: null,
  })
}

async function decide(ledger: Ledger, { id }: TenantProfile, plan: ReturnType<Parameters<Ledger['decide']>[1]>) {
  const request = { tenantId: id, clientId: 'test', operation: 'test', key: undefined, bodyHash: new Uint8Array() }
  const decided = await ledger.decide(request, () => plan)
  if (!decided.ok) throw new Error(decided.refusal.code)
}
