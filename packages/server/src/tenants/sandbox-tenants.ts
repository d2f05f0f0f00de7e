import { COUNTRY_CURRENCY } from '@pisto/contract'
import type { TenantProfile } from './profile.ts'

/** Whom the sandbox plays, all invented: one for each country, and a second one that merchants of the first can move to. */
export const SANDBOX_TENANTS = [
  { code: 'gtbank', name: 'Banco de la Ceiba (sandbox)', country: 'GT', timeZone: 'America/Guatemala' },
  { code: 'hnbank', name: 'Banco Maya del Norte (sandbox)', country: 'HN', timeZone: 'America/Tegucigalpa' },
  { code: 'svred', name: 'Red Torogoz (sandbox)', country: 'SV', timeZone: 'America/El_Salvador' },
  { code: 'gtcoop', name: 'Cooperativa El Jocote (sandbox)', country: 'GT', timeZone: 'America/Guatemala' },
] as const satisfies readonly Pick<TenantProfile, 'code' | 'name' | 'country' | 'timeZone'>[]

/** A profile for one of them on a new database. */
export function sandboxProfile(
  tenant: (typeof SANDBOX_TENANTS)[number],
  { id, fundingAccountId, createdAt }: Pick<TenantProfile, 'id' | 'fundingAccountId' | 'createdAt'>,
): TenantProfile {
  return {
    ...tenant,
    id,
    currency: COUNTRY_CURRENCY[tenant.country],
    logOrigin: `pisto.example/log/${tenant.code}-${id.slice(-8)}`,
    fundingAccountId,
    livemode: false,
    createdAt,
  }
}
