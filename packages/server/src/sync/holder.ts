import type { CreateConsumer, CreateMerchant } from '@pisto/contract'
import type { Call } from '../platform/http/call.ts'
import { checkForm } from '../registrations/check-form.ts'
import { draftFrom } from '../registrations/draft.ts'
import type { KindName } from '../registrations/kinds.ts'
import type { PublicRegistration } from '../registrations/registration.ts'
import { rulesFor } from '../registrations/service.ts'
import { findPublicRegistration } from '../registrations/store.ts'
import { findHolder, uniqueKeysOf } from '../registrations/uniqueness.ts'
import type { SyncDeps } from './journal.ts'

/** Who is registered with the document of a form already. @param body Of `createMerchant` or `createConsumer`. */
export async function findTheirs(
  deps: SyncDeps,
  call: Pick<Call, 'tenant' | 'tenantId'>,
  kind: KindName,
  body: unknown,
): Promise<PublicRegistration | undefined> {
  const form = body as CreateConsumer & Pick<CreateMerchant, 'tradeName' | 'categoryCode'>
  const { tradeName, categoryCode } = form
  const business = kind === 'merchant' ? { tradeName, categoryCode, municipality: null } : null
  const checked = checkForm(draftFrom(deps, form, business).form, rulesFor(call, deps.clock.now()))
  if (!checked.valid) return undefined
  const id = await findHolder(deps.db, call.tenantId, kind, uniqueKeysOf(deps, call.tenantId, checked.form))
  return id === undefined ? undefined : findPublicRegistration(deps.db, call.tenantId, kind, id)
}
