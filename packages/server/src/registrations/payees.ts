import { PistoProblem, type RegistrationStatus } from '@pisto/contract'
import { checkAlias } from '@pisto/identity'
import { municipalityOf } from '@pisto/identity/places'
import type { Queryable } from '@pisto/ledger'
import { canUse } from './capabilities.ts'
import type { PublicRegistration } from './registration.ts'
import { findPortedTo, findPublicRegistration, findPublicRegistrationByAlias } from './store.ts'

/** A merchant as whoever pays it needs to know it. */
export interface Payee {
  /** `mer_…` */
  readonly merchantId: string
  /** `acc_…`; null until the merchant is active. */
  readonly accountId: string | null
  readonly tradeName: string
  /** Where the business is; null: not known. */
  readonly city: string | null
  /** ISO 18245, four digits. */
  readonly categoryCode: string
  /** 12 digits. */
  readonly alias: string
  readonly status: RegistrationStatus
  /** May it be paid now? False for drafts, suspended and closed merchants. */
  readonly acceptPayments: boolean
}

/**
 * The merchant of this tenant that an alias pays.
 *
 * @param reader A plan's `reader`, so that the answer belongs to the head that the plan decides on, or the database.
 * @param alias As typed: spaces and hyphens are ignored.
 * @returns Undefined: no alias, nobody's, another tenant's, or a consumer's.
 */
export async function findPayeeByAlias(reader: Queryable, tenantId: string, alias: string): Promise<Payee | undefined> {
  const checked = checkAlias(alias)
  if (!checked.valid) return undefined
  return toPayee(await findPublicRegistrationByAlias(reader, tenantId, 'merchant', checked.canonical))
}

/**
 * The same, or why nobody here can be paid under it.
 *
 * @throws {PistoProblem} `payee_moved` to another tenant, `payee_not_found`
 */
export async function requirePayee(reader: Queryable, tenantId: string, alias: string): Promise<Payee> {
  const payee = await findPayeeByAlias(reader, tenantId, alias)
  if (payee !== undefined) return payee
  const checked = checkAlias(alias)
  const tenantCode = checked.valid ? await findPortedTo(reader, tenantId, checked.canonical) : undefined
  if (tenantCode !== undefined) throw new PistoProblem('payee_moved', { alias, tenantCode })
  throw new PistoProblem('payee_not_found', { alias })
}

/** The same by the merchant's id. @returns Undefined: no such merchant of this tenant. */
export async function findPayeeByMerchant(
  reader: Queryable,
  tenantId: string,
  merchantId: string,
): Promise<Payee | undefined> {
  return toPayee(await findPublicRegistration(reader, tenantId, 'merchant', merchantId))
}

function toPayee(merchant: PublicRegistration | undefined): Payee | undefined {
  if (merchant?.business == null) return undefined
  const { id, accountId, business, alias, status, country } = merchant
  const { municipality } = business
  return {
    merchantId: id,
    accountId,
    tradeName: business.tradeName,
    city: municipality === null ? null : (municipalityOf(country, municipality)?.name ?? null),
    categoryCode: business.categoryCode,
    alias,
    status,
    acceptPayments: accountId !== null && canUse(merchant, 'acceptPayments'),
  }
}
