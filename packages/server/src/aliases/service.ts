import { type FieldError, type Findability, PistoProblem, type ResolveAlias, type ResolvedAlias } from '@pisto/contract'
import { checkAlias, checkPhone, type Finding } from '@pisto/identity'
import type { Ledger, Queryable } from '@pisto/ledger'
import type { Call } from '../platform/http/call.ts'
import { perform } from '../platform/perform.ts'
import type { PersonalData } from '../platform/personal-data/personal-data.ts'
import { canUse } from '../registrations/capabilities.ts'
import type { PublicRegistration, Registration } from '../registrations/registration.ts'
import { findPublicRegistration, findRegistration, type RegistrationReading } from '../registrations/store.ts'
import { setFindable } from '../registrations/writes.ts'
import type { TenantDirectory } from '../tenants/directory.ts'
import type { LookupLimit } from './lookup-limit.ts'
import { payeeName } from './payee-name.ts'
import { findAliasHolder, findPhoneHolder, type Holder } from './store.ts'

export interface AliasLookupDeps extends RegistrationReading {
  readonly db: Queryable
  readonly ledger: Ledger
  readonly tenants: Pick<TenantDirectory, 'list'>
  readonly lookups: LookupLimit
}

/** What is looked for where an alias or phone leads nowhere, so that the same queries run. */
const NOBODY: Holder = {
  tenantId: 'ten_00000000000000000000000000',
  kind: 'merchant',
  registrationId: 'mer_00000000000000000000000000',
}

/**
 * Whom an alias or phone would pay, for the payer to confirm. An alias leads to any tenant; a phone only to the
 * caller's own: whose phone counts where somebody has accounts at two institutions is not ours to decide.
 *
 * Nobody's, somebody's who is not active, and somebody's who does not want to be found are one answer, after the same
 * queries: neither the answer nor its time tells them apart.
 *
 * @throws {PistoProblem} `payee_invalid` (a digit is wrong: nobody is looked for), `payee_not_found`, `rate_limited`
 */
export async function resolveAlias(
  { db, tenants, lookups, personalData }: Omit<AliasLookupDeps, 'ledger'>,
  { clientId, tenant, livemode }: Pick<Call, 'clientId' | 'tenant' | 'livemode'>,
  asked: ResolveAlias,
): Promise<ResolvedAlias> {
  const find = finderOf(personalData, asked, tenant)
  await lookups.count(clientId)
  const { tenantId, kind, registrationId } = (await find(db)) ?? NOBODY
  const holder = await findPublicRegistration(db, tenantId, kind, registrationId)
  const institution = (await tenants.list()).find(({ id }) => id === tenantId)
  if (holder?.status !== 'active' || !holder.isFindable || institution === undefined) {
    throw new PistoProblem('payee_not_found')
  }
  return {
    livemode,
    alias: holder.alias,
    kind,
    name: payeeName({
      business: holder.business,
      holder: await personalOf({ personalData }, db, tenantId, holder),
    }),
    currency: institution.currency,
    verified: holder.tier > 0,
    institution: { code: institution.code, name: institution.name },
    payable: kind === 'merchant' && institution.id === tenant.id && canUse(holder, 'acceptPayments'),
  }
}

/**
 * Hides or shows somebody of the caller's tenant to those who ask by alias or phone. Printed codes go on working: they
 * carry the name that their holder chose to show.
 *
 * @throws {PistoProblem} `payee_not_found`
 */
export async function setFindability(
  { ledger }: Pick<AliasLookupDeps, 'ledger'>,
  call: Call,
  alias: string,
  findable: boolean,
): Promise<Findability> {
  const checked = checkAlias(alias)
  return perform<Findability>(ledger, call, async ({ reader }) => {
    const holder = checked.valid ? await findAliasHolder(reader, checked.canonical) : undefined
    if (!checked.valid || holder?.tenantId !== call.tenantId) throw new PistoProblem('payee_not_found')
    return {
      purpose: findable ? 'alias.shown' : 'alias.hidden',
      companions: [setFindable.row({ kind: holder.kind, id: holder.registrationId, isFindable: findable })],
      answer: { livemode: call.livemode, alias: checked.canonical, findable },
    }
  })
}

/** Only of whoever is told by their own name, and only when they are told: a shop's name is not personal. */
async function personalOf(
  deps: RegistrationReading,
  reader: Queryable,
  tenantId: string,
  { kind, id, business }: PublicRegistration,
): Promise<Pick<Registration, 'person' | 'phone'> | null> {
  if (business !== null) return null
  return (await findRegistration(deps, reader, tenantId, kind, id)) ?? null
}

/** @throws {PistoProblem} `request_invalid`: neither or both; `payee_invalid` */
function finderOf(
  personalData: PersonalData,
  { alias, phone }: ResolveAlias,
  { id, country }: Call['tenant'],
): (reader: Queryable) => Promise<Holder | undefined> {
  if ((alias === undefined) === (phone === undefined)) throw new PistoProblem('request_invalid', {}, { errors: ONE })
  if (alias !== undefined) {
    const checked = checkAlias(alias)
    if (!checked.valid) throw invalid('alias', checked)
    return (reader) => findAliasHolder(reader, checked.canonical)
  }
  const checked = checkPhone(country, phone ?? '')
  if (!checked.valid) throw invalid('phone', checked)
  const index = personalData.blindIndex(id, 'phone', checked.e164)
  return (reader) => findPhoneHolder(reader, id, index)
}

const invalid = (field: 'alias' | 'phone', { code, message, messageEs }: Finding): PistoProblem => {
  const errors = [{ pointer: `/${field}`, code: `${field}_${code}`, message, messageEs }]
  return new PistoProblem('payee_invalid', {}, { errors })
}

const ONE: readonly FieldError[] = ['/alias', '/phone'].map((pointer) => ({
  pointer,
  code: 'payee_one_of',
  message: 'Give either alias or phone',
  messageEs: 'Indique alias o phone, uno de los dos',
}))
