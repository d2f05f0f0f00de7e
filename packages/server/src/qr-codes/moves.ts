import type { QrCodeStatus } from '@pisto/contract'
import type { CompanionRow, EventPlan } from '@pisto/ledger'
import { type QrCode, statusAt } from './qr-code.ts'
import { nextStatus, type QrCodeEvent } from './states.ts'
import { moveQrCodes } from './store.ts'

/** What a plan adds when it moves a code. */
export interface CodeMove {
  readonly to: QrCode
  readonly companions: readonly CompanionRow[]
  readonly events: readonly EventPlan[]
}

/**
 * Only an active code can be paid by.
 *
 * A code for many payments has no guard: a payment that is decided in the same batch as its withdrawal was there as
 * soon. Whoever asks after the withdrawal was answered is refused.
 *
 * @throws {WrongStatus} `qr_code_used`, `qr_code_expired`, `qr_code_revoked`
 */
export function requireActive(code: QrCode, time: Date): void {
  nextStatus(statusAt(code, time), 'reserve', code.id)
}

/** A payment in one step uses an active one-shot code up. */
export const useCode = (code: QrCode, paymentId: string, time: Date): CodeMove =>
  move(code, 'use', time, { paymentId, reservedUntil: null })

/** A payment in two steps keeps others away until its hold expires. */
export const reserveCode = (code: QrCode, paymentId: string, until: Date, time: Date): CodeMove =>
  move(code, 'reserve', time, { paymentId, reservedUntil: until })

/** @returns Undefined: the payment does not hold the code (any more): it was withdrawn, say. */
export function useReserved(code: QrCode, paymentId: string): CodeMove | undefined {
  if (!isHeldBy(code, paymentId)) return undefined
  return moveTo(code, nextStatus('reserved', 'use', code.id), { paymentId, reservedUntil: null })
}

/**
 * What becomes of a code when a payment's hold is voided: active again, or expired if its time is over.
 *
 * @returns Undefined: the payment does not hold the code (any more).
 */
export function releaseCode(code: QrCode, paymentId: string, time: Date): CodeMove | undefined {
  if (!isHeldBy(code, paymentId)) return undefined
  const isOver = code.expiresAt !== null && time >= code.expiresAt
  return moveTo(code, nextStatus('reserved', isOver ? 'expire' : 'release', code.id), FREE)
}

/** @returns Undefined: there is nothing to book, since it is settled already or a payment has reserved it. */
export function expireCode(code: QrCode, time: Date): CodeMove | undefined {
  if (statusAt(code, time) !== 'expired' || code.status === 'expired') return undefined
  return moveTo(code, nextStatus(code.status, 'expire', code.id), FREE)
}

/** Why a code is withdrawn. */
export type Withdrawal = Partial<Pick<QrCode, 'supersededBy' | 'revokedReason' | 'reasonSalt'>>

/** @throws {WrongStatus} `qr_code_used`, `qr_code_expired`, `qr_code_revoked`: it is over already */
export function revokeCode(code: QrCode, why: Withdrawal, time: Date): CodeMove {
  return move(code, 'revoke', time, { ...FREE, ...why })
}

const FREE = { paymentId: null, reservedUntil: null } as const

const isHeldBy = (code: QrCode, paymentId: string): boolean =>
  code.status === 'reserved' && code.paymentId === paymentId

function move(code: QrCode, event: QrCodeEvent, time: Date, change: Partial<QrCode>): CodeMove {
  return moveTo(code, nextStatus(statusAt(code, time), event, code.id), change)
}

/** Of these moves the world is told. */
const EVENT: Readonly<Partial<Record<QrCodeStatus, string>>> = {
  used: 'qrCode.used',
  expired: 'qrCode.expired',
  revoked: 'qrCode.revoked',
}

function moveTo(from: QrCode, status: QrCodeStatus, change: Partial<QrCode>): CodeMove {
  const to = { ...from, ...change, status }
  const type = EVENT[status]
  return {
    to,
    companions: [moveQrCodes.row({ from, to })],
    events: type === undefined ? [] : [{ type, objectId: from.id, status }],
  }
}
