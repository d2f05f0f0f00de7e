import { NotFound } from '@pisto/contract'
import type { Call } from '../../platform/http/call.ts'
import type { Download } from '../../platform/http/download.ts'
import { findPayeeByMerchant } from '../../registrations/payees.ts'
import { requireActive } from '../moves.ts'
import { type CodeKey, type QrCodeDeps, requireQrCode } from '../service.ts'
import { sheetPdf } from './pdf.ts'
import { sheetOf } from './sheet.ts'
import { sheetSvg } from './svg.ts'

/**
 * A sheet to print with a code that can be paid by.
 *
 * @throws {NotFound} `qr_code_not_found`
 * @throws {WrongStatus} `qr_code_used`, `qr_code_expired`, `qr_code_revoked`: nobody shall hang it up
 */
export async function downloadSheet(
  { db, clock }: Pick<QrCodeDeps, 'db' | 'clock'>,
  { tenantId, tenant, language }: Call,
  key: CodeKey,
  { format = 'pdf' }: { readonly format?: 'pdf' | 'svg' },
): Promise<Download> {
  const code = await requireQrCode(db, tenantId, key)
  requireActive(code, clock.now())
  const payee = await findPayeeByMerchant(db, tenantId, key.merchantId)
  if (payee === undefined) throw new NotFound('qr_code_not_found', { id: key.qrCodeId })
  const sheet = sheetOf(code, payee, tenant, language)
  const pieces = format === 'pdf' ? sheetPdf(sheet, clock.now()) : one(sheetSvg(sheet))
  return { format, language, fileName: `${code.id}.${format}`, pieces }
}

async function* one(text: string): AsyncGenerator<string, void, undefined> {
  yield text
}
