import { NotFound, PistoProblem, type PhoneVerification as Shown, WrongStatus } from '@pisto/contract'
import type { Queryable } from '@pisto/ledger'
import type { Call } from '../../platform/http/call.ts'
import { perform } from '../../platform/perform.ts'
import { abandoning } from '../erasure/retention.ts'
import type { Kind } from '../kinds.ts'
import type { Registration } from '../registration.ts'
import { getRegistration, type RegistrationDeps } from '../service.ts'
import { takesEvidence } from '../states.ts'
import { confirmPhones } from '../writes.ts'
import { confirming, drawn, sendingCode, wrongTry } from './codes.ts'
import type { PhoneVerification, VerificationStatus } from './states.ts'
import { findVerification } from './store.ts'

/**
 * Sends a code to the phone of a registration; an earlier code that is still pending no longer counts.
 *
 * @throws {NotFound} this tenant has no such registration
 * @throws {WrongStatus} the registration takes no evidence now
 * @throws {PistoProblem} `rate_limited`: five codes an hour for one phone, by protocol time
 */
export async function startPhoneVerification(
  deps: RegistrationDeps,
  call: Call,
  kind: Kind<unknown>,
  registrationId: string,
): Promise<Shown> {
  const code = drawn(deps)
  return perform<Shown>(deps.ledger, call, async ({ reader, ledgerTime: at }) => {
    const registration = await getEditable(deps, reader, call, kind, registrationId)
    const { phone, locale } = registration
    const key = await deps.personalData.keyOf(reader, { tenantId: call.tenantId, personId: registration.id })
    const sending = { owner: registration, phone, locale, key, at }
    const { verification, companions } = await sendingCode(deps, reader, code, sending)
    return {
      purpose: 'phoneVerification.started',
      companions,
      answer: showVerification(verification, 'pending', call.livemode),
    }
  })
}

/**
 * Confirms a phone by the code that was sent to it. A wrong code counts also when it is refused.
 *
 * @throws {NotFound} this tenant has no such registration, or it no such verification
 * @throws {WrongStatus} this verification was confirmed before
 * @throws {PistoProblem} `code_mismatch` with `triesLeft`, `code_tries_exhausted`, `code_expired`
 */
export async function confirmPhoneVerification(
  deps: RegistrationDeps,
  call: Call,
  kind: Kind<unknown>,
  { registrationId, verificationId, code }: { registrationId: string; verificationId: string; code: string },
): Promise<Shown> {
  return perform<Shown>(deps.ledger, call, async ({ reader, ledgerTime }) => {
    const registration = await getRegistration(deps, reader, call.tenantId, kind, registrationId)
    const from = await findVerification(reader, call.tenantId, registration, verificationId)
    if (from === undefined) throw new NotFound('phone_verification_not_found', { id: verificationId })

    const phone = deps.personalData.blindIndex(call.tenantId, 'phone', registration.phone)
    if (from.phone !== phone) throw new PistoProblem('code_expired') // another number took its place

    const wrong = wrongTry(deps, call, from, code, ledgerTime)
    if (wrong !== undefined) return wrong
    return {
      purpose: 'phoneVerification.confirmed',
      companions: [
        confirming(from),
        confirmPhones.row({ registration, confirmation: { at: ledgerTime, by: 'code' } }),
        ...abandoning({ ...registration, revision: registration.revision + 1 }, ledgerTime),
      ],
      answer: showVerification(from, 'confirmed', call.livemode),
    }
  })
}

async function getEditable(
  deps: RegistrationDeps,
  reader: Queryable,
  call: Call,
  kind: Kind<unknown>,
  id: string,
): Promise<Registration> {
  const registration = await getRegistration(deps, reader, call.tenantId, kind, id)
  if (takesEvidence(registration.status)) return registration
  throw new WrongStatus(kind.wrongStatus, { status: registration.status })
}

export const showVerification = (
  { id, expiresAt, createdAt }: PhoneVerification,
  status: VerificationStatus,
  livemode: boolean,
): Shown => ({
  id,
  livemode,
  status,
  expiresAt: expiresAt.toISOString(),
  createdAt: createdAt.toISOString(),
})
