import { encodeBase64Url } from './base64.ts'
import { utf8 } from './bytes.ts'
import { formatReceiptFields, type ReceiptFields, receiptSignedText } from './receipt.ts'
import type { Signer } from './signer.ts'

/**
 * Signs a receipt. To be done by the payee's tenant, after its own ledger has booked the credit.
 * @returns The compact form, 158 characters as a rule, at most 179.
 * @throws {RangeError} a field has not its one spelling
 * @example
 * await signReceipt(
 *   { paymentId: payment.id.slice('pay_'.length), payeeAlias: '502712345678', amount: '30.10', currency: 'GTQ',
 *     paidAtSeconds: 1795536000, challenge: '7k2m9qxa' },
 *   signer,
 * )
 */
export async function signReceipt(fields: ReceiptFields, signer: Signer): Promise<string> {
  const told = formatReceiptFields(fields, signer.keyId)
  return `${told},${encodeBase64Url(await signer.sign(utf8(receiptSignedText(told))))}`
}
