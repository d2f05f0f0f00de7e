import { readings, type SmsOptions, withWords } from './sms-text.ts'

/** Where a compact receipt stands; whether it is one, and genuine, its verifier decides. */
const RECEIPT =
  /PR1,[0-7][0-9a-hjkmnp-tv-z]{25},\d{12},\d{1,16}\.\d\d,[A-Z]{3},[0-9a-z]{6,7},(?:[0-9a-hjkmnp-tv-z]{8})?,[\w-]{8},[\w-]{86}/

/**
 * A compact receipt as SMS: one message for a static code without words, else two. Every character of the form is in the
 * basic alphabet.
 *
 * @param receipt `PR1,…`, as `GET /v1/payments/{id}/receipt` gives it.
 * @returns One or two messages.
 * @throws {RangeError} not a compact receipt, too long with its words, or words beyond the basic alphabet
 * @example
 * formatSmsReceipt(receipt.compact, { words: 'Pago a Tienda Rosa:' })
 */
export function formatSmsReceipt(receipt: string, options: SmsOptions = {}): readonly string[] {
  if (RECEIPT.exec(receipt)?.[0] !== receipt) throw new RangeError('not a compact receipt')
  return withWords(receipt, options)
}

/**
 * Finds a receipt in messages: among words, in two parts in either order, with line breaks or `(1/2)` between.
 *
 * @returns The compact form, for `verifyReceipt` of `@pisto/proof/verify`; undefined: there is none.
 * @example
 * const compact = parseSmsReceipt([second, first])
 * const verdict = compact && (await verifyReceipt(compact, context))
 */
export function parseSmsReceipt(messages: string | readonly string[]): string | undefined {
  for (const reading of readings(messages)) {
    const [receipt] = RECEIPT.exec(reading) ?? []
    if (receipt !== undefined) return receipt
  }
  return undefined
}
