import { type Money, NotFound } from '@pisto/contract'
import type { Queryable } from '@pisto/ledger'
import type { PistoTemplate } from '@pisto/qr'
import { minorOf } from '../platform/minor.ts'
import type { Payee } from '../registrations/payees.ts'
import type { QrCode } from './qr-code.ts'
import { requireQrCode } from './service.ts'

/** A genuine code of this tenant, with the payee that its alias leads to. */
export interface ScannedCode {
  readonly payee: Pick<Payee, 'merchantId'>
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
  const code = await requireQrCode(reader, tenantId, { merchantId: payee.merchantId, qrCodeId: id })
  const carried = amount === null ? null : minorOf(amount)
  const isSame = carried === code.amountMinor && (amount === null || amount.currency === code.currency)
  if (!isSame) throw new NotFound('qr_code_not_found', { id })
  return code
}
