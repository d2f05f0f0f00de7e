import type { PhoneVerification as Shown } from '@pisto/contract'

/** How many wrong codes end a verification. */
export const TRIES_MAX = 5
/** How long a code is good for, in business time. */
export const CODE_SECONDS = 600

export type VerificationStatus = Shown['status']

/** What is kept of a verification. */
export interface PhoneVerification {
  /** `phv_…` */
  readonly id: string
  /** E.164 */
  readonly phone: string
  readonly codeHmac: Uint8Array
  readonly status: VerificationStatus
  readonly wrongTries: number
  readonly expiresAt: Date
  readonly createdAt: Date
}

export type Verdict =
  | { readonly kind: 'confirmed' }
  /** The try is counted; `triesLeft` zero: that was the last. */
  | { readonly kind: 'wrong'; readonly triesLeft: number }
  | { readonly kind: 'expired' | 'exhausted' | 'settled' }

/** What a code does to a verification, at a time: pure. The right code of a settled, late or exhausted one does nothing. */
export function judgeCode(
  verification: Pick<PhoneVerification, 'status' | 'wrongTries' | 'expiresAt'>,
  isRight: boolean,
  now: Date,
): Verdict {
  const { status, wrongTries, expiresAt } = verification
  if (status === 'confirmed') return { kind: 'settled' }
  if (status === 'exhausted') return { kind: 'exhausted' }
  if (status === 'expired' || now >= expiresAt) return { kind: 'expired' }
  return isRight ? { kind: 'confirmed' } : { kind: 'wrong', triesLeft: Math.max(0, TRIES_MAX - wrongTries - 1) }
}
