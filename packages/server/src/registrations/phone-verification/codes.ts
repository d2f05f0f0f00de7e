import { PistoProblem, WrongStatus } from '@pisto/contract'
import type { CompanionRow, Plan, Queryable } from '@pisto/ledger'
import type { Call } from '../../platform/http/call.ts'
import { type RefusedWithEffect, refuseWithEffect } from '../../platform/perform.ts'
import type { PersonKey } from '../../platform/personal-data/person-key.ts'
import type { Runtime } from '../../platform/runtime/runtime.ts'
import { queueing } from '../../sandbox/inbox.ts'
import type { PersonLocale } from '../registration.ts'
import { drawCode, hashCode, isSameHash, SANDBOX_CODE } from './code.ts'
import { messageWith } from './message.ts'
import { CODE_SECONDS, judgeCode, type PhoneVerification } from './states.ts'
import {
  type CodeOwner,
  countRequested,
  countRequestedBy,
  insertVerifications,
  moveVerifications,
  replaceVerifications,
} from './store.ts'

const CODES_PER_PHONE = 5
/** For whichever phones: nobody writes to many of them. */
const CODES_PER_OWNER = 10
const HOUR_MS = 3_600_000

type Deps = Pick<Runtime, 'ids' | 'random' | 'systemClock' | 'secret' | 'personalData'>

/** A code before it is known whether it goes out: the plan that sends it may run twice. */
export interface DrawnCode {
  /** `phv_…` */
  readonly id: string
  readonly messageId: string
  readonly code: string
}

export const drawn = ({ ids, random }: Pick<Deps, 'ids' | 'random'>): DrawnCode => ({
  id: ids.next('phv'),
  messageId: ids.next('msg'),
  code: drawCode(random),
})

export interface Sending {
  readonly owner: CodeOwner
  /** E.164, of whom the code goes to. */
  readonly phone: string
  readonly locale: PersonLocale
  /** The message opens under it. */
  readonly key: PersonKey
  /** Ledger time. */
  readonly at: Date
}

/**
 * What commits when a code goes out; an earlier one of the same owner that is still pending no longer counts.
 *
 * @throws {PistoProblem} `rate_limited`: five codes an hour for one phone, ten for one owner, by protocol time
 */
export async function sendingCode(
  deps: Deps,
  reader: Queryable,
  { id, messageId, code }: DrawnCode,
  { owner, phone, locale, key, at }: Sending,
): Promise<{ readonly verification: PhoneVerification; readonly companions: readonly CompanionRow[] }> {
  const { tenantId } = key
  const requestedAt = deps.systemClock.now()
  const index = deps.personalData.blindIndex(tenantId, 'phone', phone)
  const since = new Date(requestedAt.getTime() - HOUR_MS)
  if (
    (await countRequested(reader, tenantId, index, since)) >= CODES_PER_PHONE ||
    (await countRequestedBy(reader, tenantId, owner, since)) >= CODES_PER_OWNER
  ) {
    throw new PistoProblem('rate_limited')
  }
  const verification: PhoneVerification = {
    ...{ id, phone: index, codeHmac: hashCode(deps.secret, id, code), status: 'pending', wrongTries: 0 },
    ...{ expiresAt: new Date(at.getTime() + CODE_SECONDS * 1000), createdAt: at },
  }
  return {
    verification,
    companions: [
      replaceVerifications.row(owner),
      insertVerifications.row({ ...verification, owner, requestedAt }),
      queueing(deps, key, { id: messageId, to: phone, text: messageWith(code, locale), code, createdAt: at }),
    ],
  }
}

/**
 * Compares a code with the one that was sent.
 *
 * @returns Undefined: it is the one. Otherwise what the wrong try does.
 * @throws {WrongStatus} `phone_verification_wrong_status`: it was confirmed before
 * @throws {PistoProblem} `code_tries_exhausted`, `code_expired`
 */
export function wrongTry(
  { secret }: Pick<Deps, 'secret'>,
  { livemode }: Pick<Call, 'livemode'>,
  from: PhoneVerification,
  code: string,
  now: Date,
): Plan<RefusedWithEffect> | undefined {
  const isMagic = !livemode && code === SANDBOX_CODE
  const isRight = isMagic || isSameHash(from.codeHmac, hashCode(secret, from.id, code))
  const verdict = judgeCode(from, isRight, now)
  switch (verdict.kind) {
    case 'confirmed':
      return undefined
    case 'settled':
      throw new WrongStatus('phone_verification_wrong_status', { status: from.status })
    case 'exhausted':
      throw new PistoProblem('code_tries_exhausted')
    case 'expired':
      throw new PistoProblem('code_expired')
    case 'wrong': {
      const { triesLeft } = verdict
      const to = { status: triesLeft === 0 ? 'exhausted' : 'pending', wrongTries: from.wrongTries + 1 } as const
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
  }
}

/** What commits when the right code was given. */
export const confirming = (from: PhoneVerification): CompanionRow =>
  moveVerifications.row({ from, to: { status: 'confirmed', wrongTries: from.wrongTries } })
