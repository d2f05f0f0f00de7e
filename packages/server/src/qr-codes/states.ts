import { type QrCodeStatus, WrongStatus } from '@pisto/contract'

export type QrCodeEvent = 'reserve' | 'release' | 'use' | 'revoke' | 'expire'

/**
 * The docs' diagram is drawn from this table. A status whose row is empty is terminal. Only one-shot codes are reserved
 * and used. Unlike a payment request, a code can be withdrawn under a payer who has reserved it: a stolen sticker must
 * not wait for anybody. That payment may still be confirmed; it is the last one.
 */
export const NEXT: Readonly<Record<QrCodeStatus, Readonly<Partial<Record<QrCodeEvent, QrCodeStatus>>>>> = {
  active: { reserve: 'reserved', use: 'used', revoke: 'revoked', expire: 'expired' },
  reserved: { use: 'used', release: 'active', revoke: 'revoked', expire: 'expired' },
  used: {},
  expired: {},
  revoked: {},
}

/** What a code in each status refuses with, where it cannot do what is asked. */
const REFUSAL = {
  active: 'qr_code_used', // nothing is refused to it
  reserved: 'qr_code_used',
  used: 'qr_code_used',
  expired: 'qr_code_expired',
  revoked: 'qr_code_revoked',
} as const satisfies Record<QrCodeStatus, string>

/** @throws {WrongStatus} `qr_code_used`, `qr_code_expired`, `qr_code_revoked` */
export function nextStatus(from: QrCodeStatus, event: QrCodeEvent, qrCodeId: string): QrCodeStatus {
  const to = NEXT[from][event]
  if (to === undefined) throw new WrongStatus(REFUSAL[from], { qrCodeId })
  return to
}
