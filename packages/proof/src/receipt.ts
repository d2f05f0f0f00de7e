import { decodeBase64Url } from './base64.ts'
import { MalformedProof } from './errors.ts'

/** What a receipt says: this payee was credited this amount at this time. */
export interface ReceiptFields {
  /** The 26 characters after `pay_`. */
  readonly paymentId: string
  /** The shop's 12 digits. */
  readonly payeeAlias: string
  /** Decimal with two places, more than zero: `30.10`. */
  readonly amount: string
  /** ISO 4217. */
  readonly currency: string
  /** When the payee was credited, seconds since 1970 UTC. */
  readonly paidAtSeconds: number
  /** The 8 characters that the charge carried; empty when the payer read a static code. */
  readonly challenge: string
}

/** A receipt taken apart; nothing is verified yet. */
export interface ParsedReceipt {
  readonly fields: ReceiptFields
  readonly keyId: string
  /** 64 bytes. */
  readonly signature: Uint8Array
  /** What the signature is over, as UTF-8. */
  readonly signedText: string
}

const SIGNED_PREFIX = 'pisto-receipt-v1\n'
const LONGEST_RECEIPT = 179
const SIGNATURE_CHARACTERS = 86

/** The parts in their order, each with its one spelling. */
const PARTS = [
  ['version', /^PR1$/],
  ['paymentId', /^[0-7][0-9a-hjkmnp-tv-z]{25}$/],
  ['payeeAlias', /^[0-9]{12}$/],
  ['amount', /^(?!0\.00$)(0|[1-9][0-9]{0,15})\.[0-9]{2}$/],
  ['currency', /^[A-Z]{3}$/],
  ['time', /^[1-9a-z][0-9a-z]{5,6}$/],
  ['challenge', /^([0-9a-hjkmnp-tv-z]{8})?$/],
  ['keyId', /^[\w-]{8}$/],
] as const

/**
 * The unsigned part of a receipt.
 * @throws {RangeError} a field has not its one spelling
 */
export function formatReceiptFields(fields: ReceiptFields, keyId: string): string {
  const { paymentId, payeeAlias, amount, currency, challenge } = fields
  const time = fields.paidAtSeconds.toString(36)
  const parts = ['PR1', paymentId, payeeAlias, amount, currency, time, challenge, keyId]
  const wrong = wrongPart(parts)
  if (wrong !== undefined) throw new RangeError(`a receipt cannot have this ${wrong}`)
  const told = parts.join(',')
  if (told.length + 1 + SIGNATURE_CHARACTERS > LONGEST_RECEIPT) throw new RangeError('the receipt would be too long')
  return told
}

/** What is signed: a prefix that no other text of Pisto begins with, and everything before the last comma. */
export function receiptSignedText(told: string): string {
  return SIGNED_PREFIX + told
}

/**
 * Takes a compact receipt apart: `PR1,paymentId,payeeAlias,amount,currency,time,challenge,keyId,signature`, time in
 * base36 seconds, at most 179 characters, one spelling for each receipt.
 * @throws {MalformedProof} `receipt_malformed`
 */
export function parseReceipt(text: string): ParsedReceipt {
  const cut = text.lastIndexOf(',')
  const told = text.slice(0, Math.max(cut, 0))
  const parts = told.split(',')
  const wrong = text.length > LONGEST_RECEIPT ? 'length' : wrongPart(parts)
  if (wrong !== undefined) throw new MalformedProof('receipt_malformed', `not a receipt: ${wrong}`)
  const [, paymentId = '', payeeAlias = '', amount = '', currency = '', time = '', challenge = '', keyId = ''] = parts
  const paidAtSeconds = Number.parseInt(time, 36)
  return {
    fields: { paymentId, payeeAlias, amount, currency, paidAtSeconds, challenge },
    keyId,
    signature: decodeSignature(text.slice(cut + 1)),
    signedText: receiptSignedText(told),
  }
}

/** Name of the first part that is not spelled as it must be. */
function wrongPart(parts: readonly string[]): string | undefined {
  if (parts.length !== PARTS.length) return 'number of parts'
  return PARTS.find(([, spelling], n) => !spelling.test(parts[n] ?? ''))?.[0]
}

function decodeSignature(text: string): Uint8Array {
  try {
    const signature = decodeBase64Url(text)
    if (text.length === SIGNATURE_CHARACTERS) return signature
  } catch (cause) {
    throw new MalformedProof('receipt_malformed', 'not a receipt: signature', { cause })
  }
  throw new MalformedProof('receipt_malformed', 'not a receipt: signature')
}
