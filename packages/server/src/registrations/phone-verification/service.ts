import { NotFound, PistoProblem, type PhoneVerification as Shown, WrongStatus } from '@pisto/contract'
import type { Queryable } from '@pisto/ledger'
import type { Call } from '../../platform/http/call.ts'
import { perform, refuseWithEffect } from '../../platform/perform.ts'
import { queueing } from '../../sandbox/inbox.ts'
import type { Kind } from '../kinds.ts'
import type { Registration } from '../registration.ts'
import { getRegistration, type RegistrationDeps } from '../service.ts'
import { takesEvidence } from '../states.ts'
import { confirmPhones } from '../writes.ts'
import { drawCode, hashCode, isSameHash, SANDBOX_CODE } from './code.ts'
import { messageWith } from './message.ts'
import { CODE_SECONDS, judgeCode, type PhoneVerification, type VerificationStatus } from './states.ts'
import {
  countRequested,
  findVerification,
  insertVerifications,
  moveVerifications,
  replaceVerifications,
} from './store.ts'

const STARTS_PER_HOUR = 5
const HOUR_MS = 3_600_000

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
  const id = deps.ids.next('phv')
  const messageId = deps.ids.next('msg')
  const code = drawCode(deps.random)
  return perform<Shown>(deps.ledger, call, async ({ reader, ledgerTime }) => {
    const registration = await getEditable(deps, reader, call, kind, registrationId)
    const requestedAt = deps.systemClock.now()
    const phone = deps.personalData.blindIndex(call.tenantId, 'phone', registration.phone)
    await refuseTooMany(reader, call.tenantId, phone, requestedAt)

    const verification: PhoneVerification = {
      id,
      phone,
      codeHmac: hashCode(deps.secret, id, code),
      status: 'pending',
      wrongTries: 0,
      expiresAt: new Date(ledgerTime.getTime() + CODE_SECONDS * 1000),
      createdAt: ledgerTime,
    }
    const key = await deps.personalData.keyOf(reader, { tenantId: call.tenantId, personId: registration.id })
    const text = messageWith(code, registration.locale)
    return {
      purpose: 'phoneVerification.started',
      companions: [
        replaceVerifications.row(registration),
        insertVerifications.row({ ...verification, owner: registration, requestedAt }),
        queueing(deps, key, { id: messageId, to: registration.phone, text, code, createdAt: ledgerTime }),
      ],
      answer: show(verification, 'pending', call.livemode),
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

    const isMagic = !call.livemode && code === SANDBOX_CODE
    const isRight = isMagic || isSameHash(from.codeHmac, hashCode(deps.secret, from.id, code))
    const verdict = judgeCode(from, isRight, ledgerTime)
    const { wrongTries } = from
    switch (verdict.kind) {
      case 'settled':
        throw new WrongStatus('phone_verification_wrong_status', { status: from.status })
      case 'exhausted':
        throw new PistoProblem('code_tries_exhausted')
      case 'expired':
        throw new PistoProblem('code_expired')
      case 'wrong': {
        const { triesLeft } = verdict
        const to = { status: triesLeft === 0 ? 'exhausted' : 'pending', wrongTries: wrongTries + 1 } as const
        return {
          purpose: 'phoneVerification.tried',
          companions: [moveVerifications.row({ from, to })],
          answer: refuseWithEffect(
            triesLeft === 0
              ? new PistoProblem('code_tries_exhausted')
              : new PistoProblem('code_mismatch', { triesLeft: String(triesLeft) }),
          ),
        }
      }
      case 'confirmed':
        return {
          purpose: 'phoneVerification.confirmed',
          companions: [
            moveVerifications.row({ from, to: { status: 'confirmed', wrongTries } }),
            confirmPhones.row({ registration, confirmation: { at: ledgerTime, by: 'code' } }),
          ],
          answer: show(from, 'confirmed', call.livemode),
        }
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

async function refuseTooMany(reader: Queryable, tenantId: string, phone: string, now: Date): Promise<void> {
  const requested = await countRequested(reader, tenantId, phone, new Date(now.getTime() - HOUR_MS))
  if (requested >= STARTS_PER_HOUR) throw new PistoProblem('rate_limited')
}

const show = (
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
