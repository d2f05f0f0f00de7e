import type { FindKeptTexts } from '../log/openings.ts'
import { reasonTextOf, textOf } from './qr-code.ts'
import { findQrCode } from './store.ts'

/** Of the code that a transaction makes or revokes, if it is about one. */
export const findQrCodeTexts: FindKeptTexts = async (reader, tenantId, { references }) => {
  const code = await findQrCode(reader, tenantId, references['qrCodeId'] ?? '')
  if (code === undefined) return []
  return [
    { salt: code.salt, text: textOf(code) },
    { salt: code.reasonSalt, text: reasonTextOf(code) },
  ]
}
