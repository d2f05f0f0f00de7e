/** Charges and receipts as SMS (`@pisto/qr/sms`): what a phone without camera or data shows, under the same signatures. */
export { type ChargeOptions, formatSmsCharge, parseSmsCharge } from './sms-charge.ts'
export { formatSmsReceipt, parseSmsReceipt } from './sms-receipt.ts'
export { isSmsText, type SmsOptions, smsParts } from './sms-text.ts'
