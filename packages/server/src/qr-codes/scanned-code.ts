import { type Money, NotFound } from '@pisto/contract'
import type { Queryable } from '@pisto/ledger'
import type { PistoTemplate } from '@pisto/qr'
import { minorOf } from '../platform/minor.ts'
import type { Payee } from '../registrations/payees.ts'
import { findPublicRegistration } from '../registrations/store.ts'
import type { QrCode } from './qr-code.ts'
import { findQrCode } from './store.ts'

/** A genuine code of this tenant, with the payee that its alias leads to. */
export interface ScannedCode {
  readonly payee: Pick<Payee, 'merchantId' | 'alias'>
  readonly template: PistoTemplate
  readonly amount: Money | null
}

/**
 * The merchant's code that was scanned. Code and row must say the same: what the payer was shown is what is paid.
 *
 * @returns Undefined: the code has no id of its own.
 * @throws {NotFound} `qr_code_not_found`: there is none, or it is another merchant's or of another amount
 */
export async function requireScannedCode(
  reader: Queryable,
  tenantId: string,
  { payee, template, amount }: ScannedCode,
): Promise<QrCode | undefined> {
  if (template.codeId === undefined) return undefined
  const id = `qrc_${template.codeId}`
  const code = await findQrCode(reader, tenantId, id)
  if (code === undefined || !(await isOf(reader, tenantId, code, payee)))
    throw new NotFound('qr_code_not_found', { id })
  const carried = amount === null ? null : minorOf(amount)
  const isSame = carried === code.amountMinor && (amount === null || amount.currency === code.currency)
  if (!isSame) throw new NotFound('qr_code_not_found', { id })
  return code
}

/** Whoever left and came back is another merchant of the same alias: what was printed before is theirs. */
async function isOf(
  reader: Queryable,
  tenantId: string,
  { merchantId }: QrCode,
  payee: ScannedCode['payee'],
): Promise<boolean> {
  if (merchantId === payee.merchantId) return true
  return (await findPublicRegistration(reader, tenantId, 'merchant', merchantId))?.alias === payee.alias
}
