import {
  type CreateQrCode,
  NotFound,
  PistoProblem,
  type QrCode as QrCodeAnswer,
  type RevokeQrCode,
} from '@pisto/contract'
import type { Queryable } from '@pisto/ledger'
import { commitText } from '../platform/committed-text.ts'
import { scheduleDue } from '../platform/due/due.ts'
import type { Call } from '../platform/http/call.ts'
import { minorOf } from '../platform/minor.ts'
import { perform } from '../platform/perform.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { findPayeeByMerchant } from '../registrations/payees.ts'
import { type CodeMove, revokeCode } from './moves.ts'
import { type QrCode, reasonTextOf, showQrCode, textOf } from './qr-code.ts'
import { findQrCode, insertQrCodes } from './store.ts'
import { tipText } from './tip.ts'
import { writeQrCode } from './write-code.ts'

export type QrCodeDeps = Pick<Runtime, 'db' | 'ledger' | 'clock' | 'ids' | 'random' | 'keys' | 'qrGuid'>

/** A sticker for longer than this is one without an end. */
const YEARS_AHEAD = 10

/**
 * Makes a code that a merchant prints or shows. It is written and signed before the ledger decides (a key may live
 * elsewhere); the merchant is looked at again in the decision.
 *
 * @throws {NotFound} `merchant_not_found`, `qr_code_not_found`
 * @throws {WrongStatus} `qr_code_used`, `qr_code_expired`, `qr_code_revoked`: of the code that it is to supersede
 * @throws {PistoProblem} `payee_inactive`, `currency_mismatch`, `request_invalid`
 */
export async function createQrCode(
  deps: QrCodeDeps,
  call: Call,
  merchantId: string,
  body: CreateQrCode,
): Promise<QrCodeAnswer> {
  const { tenantId, tenant, livemode } = call
  const { supersedes = null } = body
  const id = deps.ids.next('qrc')
  const expiresAt = body.expiresAt === undefined ? null : new Date(body.expiresAt)
  const known = await findPayeeByMerchant(deps.db, tenantId, merchantId)
  const isTimely = isAhead(expiresAt, deps.clock.now())
  const key = await deps.keys.signing(tenantId, 'qr')
  const payload =
    known &&
    (isTimely ? await writeQrCode(tenant, known, key, { ...body, id, expiresAt }, { guid: deps.qrGuid }) : endInvalid())
  const additionalData = body.additionalData ?? {}
  const { salt, commitments } = commitText(deps.random, textOf({ additionalData }))

  return perform<QrCodeAnswer>(deps.ledger, call, async ({ reader, ledgerTime }) => {
    const payee = await findPayeeByMerchant(reader, tenantId, merchantId)
    if (payee === undefined || payload === undefined) throw new NotFound('merchant_not_found', { id: merchantId })
    if (!payee.acceptPayments) throw new PistoProblem('payee_inactive', { merchantId })
    requireCurrency(body, tenant.currency)
    if (payload instanceof PistoProblem) throw payload
    if (!isAhead(expiresAt, ledgerTime)) throw endInvalid()
    const superseded =
      supersedes === null ? undefined : await supersede(reader, tenantId, { merchantId, supersedes, id, ledgerTime })
    const code: QrCode = {
      id,
      status: 'active',
      merchantId,
      payload,
      amountMinor: body.amount === undefined ? null : minorOf(body.amount),
      currency: tenant.currency,
      tip: body.tip ?? null,
      additionalData,
      salt,
      isOneShot: body.oneShot ?? false,
      ...UNUSED,
      expiresAt,
      supersedes,
      createdAt: ledgerTime,
    }
    return {
      purpose: 'qrCode.created',
      references: termsOf(code, body),
      events: [{ type: 'qrCode.created', objectId: id, status: code.status }, ...(superseded?.events ?? [])],
      commitments,
      companions: [
        insertQrCodes.row(code),
        ...(expiresAt ? [scheduleDue.row({ kind: 'qrCode.expire', reference: id, dueAt: expiresAt })] : []),
        ...(superseded?.companions ?? []),
      ],
      answer: showQrCode(code, livemode, ledgerTime),
    }
  })
}

/**
 * Withdraws a code for good. A payment that has reserved it may still be confirmed; it is the last one.
 *
 * @throws {NotFound} `qr_code_not_found`
 * @throws {WrongStatus} `qr_code_used`, `qr_code_expired`, `qr_code_revoked`: it is over already
 */
export function revokeQrCode(
  deps: Pick<QrCodeDeps, 'ledger' | 'random'>,
  call: Call,
  key: CodeKey,
  { reason }: RevokeQrCode,
): Promise<QrCodeAnswer> {
  const revokedReason = reason ?? null
  const { salt, commitments } = commitText(deps.random, reasonTextOf({ revokedReason }))
  return perform<QrCodeAnswer>(deps.ledger, call, async ({ reader, ledgerTime }) => {
    const code = await requireQrCode(reader, call.tenantId, key)
    const { to, companions, events } = revokeCode(code, { revokedReason, reasonSalt: salt }, ledgerTime)
    return {
      purpose: 'qrCode.revoked',
      references: { qrCodeId: code.id, merchantId: code.merchantId },
      events,
      commitments,
      companions,
      answer: showQrCode(to, call.livemode, ledgerTime),
    }
  })
}

/** A code of a merchant's. */
export interface CodeKey {
  readonly merchantId: string
  readonly qrCodeId: string
}

/** @throws {NotFound} this tenant has no such code, or it is another merchant's */
export async function requireQrCode(
  reader: Queryable,
  tenantId: string,
  { merchantId, qrCodeId }: CodeKey,
): Promise<QrCode> {
  const code = await findQrCode(reader, tenantId, qrCodeId)
  if (code?.merchantId !== merchantId) throw new NotFound('qr_code_not_found', { id: qrCodeId })
  return code
}

const UNUSED = {
  paymentId: null,
  reservedUntil: null,
  supersededBy: null,
  revokedReason: null,
  reasonSalt: null,
} as const

/** What the leaf says of a new code: all that a payment is decided by. */
export function termsOf(
  { id, merchantId, isOneShot, expiresAt, supersedes }: QrCode,
  { amount, tip }: Pick<CreateQrCode, 'amount' | 'tip'>,
) {
  return {
    qrCodeId: id,
    merchantId,
    ...amount,
    ...(tip && { tip: tipText(tip) }),
    ...(isOneShot && { oneShot: 'true' }),
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
    ...(supersedes !== null && { supersedes }),
  }
}

interface Succession {
  readonly merchantId: string
  readonly supersedes: string
  readonly id: string
  readonly ledgerTime: Date
}

async function supersede(
  reader: Queryable,
  tenantId: string,
  { merchantId, supersedes, id, ledgerTime }: Succession,
): Promise<CodeMove> {
  const old = await requireQrCode(reader, tenantId, { merchantId, qrCodeId: supersedes })
  return revokeCode(old, { supersededBy: id }, ledgerTime)
}

function requireCurrency({ amount, tip }: CreateQrCode, currency: string): void {
  const named = [amount, tip?.kind === 'fixed' ? tip.amount : undefined]
  if (named.some((money) => money !== undefined && money.currency !== currency)) {
    throw new PistoProblem('currency_mismatch', { currency })
  }
}

/** In the future, but not beyond `YEARS_AHEAD`. Also false for what is no time. */
function isAhead(expiresAt: Date | null, time: Date): boolean {
  if (expiresAt === null) return true
  const latest = new Date(time)
  latest.setUTCFullYear(latest.getUTCFullYear() + YEARS_AHEAD)
  return expiresAt > time && expiresAt <= latest
}

const endInvalid = (): PistoProblem =>
  new PistoProblem(
    'request_invalid',
    {},
    {
      errors: [
        {
          pointer: '/expiresAt',
          code: 'end_invalid',
          message: `Must be a time in the future, at most ${YEARS_AHEAD} years ahead`,
          messageEs: `Debe ser una hora futura, a ${YEARS_AHEAD} años como máximo`,
        },
      ],
    },
  )
