/** The entry `@pisto/proof/verify`: checks receipts on any phone, with no signal. Small, so it imports little. */
import { decodeBase64Url } from './base64.ts'
import { utf8 } from './bytes.ts'
import { verifyEd25519 } from './ed25519.ts'
import { type KeyDirectory, type PublishedKey, secondsOf } from './published-key.ts'
import { type ParsedReceipt, parseReceipt, type ReceiptFields } from './receipt.ts'
import type { ReceiptVerdict, RedReason } from './receipt-verdict.ts'

export type { KeyDirectory, KeyUse, PublishedKey } from './published-key.ts'
export type { ReceiptFields } from './receipt.ts'
export type { ReceiptVerdict, ReceiptWarning, RedReason } from './receipt-verdict.ts'
export { ShownPayments } from './shown-payments.ts'

/** How long after the payment a receipt that answers no open charge still counts. */
const FRESH_SECONDS = 600
/** How far a device's clock may be behind the bank's. */
const CLOCK_SKEW_SECONDS = 120

/** A charge that this device shows and that nobody has paid yet. */
export interface OpenCharge {
  readonly challenge: string
  readonly amount: string
  readonly currency: string
}

/** What a device knows when somebody shows it a receipt. */
export interface ReceiptContext {
  readonly directory: KeyDirectory
  readonly shop: { readonly alias: string; readonly tenant: string; readonly livemode: boolean }
  /**
   * All that this device shows now. `unknown`: it is no till and cannot know; then the challenge says nothing, and the
   * best verdict is amber.
   */
  readonly openCharges: readonly OpenCharge[] | 'unknown'
  /** Whether this device has counted the payment already, by a receipt or on line. By payment id, never by text. */
  readonly shownBefore: (paymentId: string) => boolean
  /** This device's clock, seconds since 1970 UTC. */
  readonly nowSeconds: number
}

/**
 * Judges a receipt by what this device knows, off line. It cannot know whether the payment was refunded since or shown
 * on another phone of the shop, nor whether its own clock is right.
 * @param text The compact form, as scanned or received.
 * @returns Never throws for any text.
 * @example
 * const { colour, reason, fields } = await verifyReceipt(scanned, context)
 */
export async function verifyReceipt(text: string, context: ReceiptContext): Promise<ReceiptVerdict> {
  const late = context.nowSeconds + CLOCK_SKEW_SECONDS < secondsOf(context.directory.issuedAt)
  const warnings = late ? (['clock_before_directory'] as const) : []
  const red = (reason: RedReason, fields: ReceiptFields | null = null): ReceiptVerdict => {
    return { colour: 'red', reason, fields, warnings }
  }

  const receipt = parse(text)
  if (receipt === undefined) return red('not_a_receipt')
  const keys = context.directory.keys.filter((key) => key.kid === receipt.keyId && key.use === 'receipt')
  if (keys.length === 0) return red('unknown_key')
  const key = await signedBy(receipt, keys)
  if (key === undefined) return red('not_genuine')

  const { fields } = receipt
  const refusal = refuse(fields, key, context)
  if (refusal !== undefined) return red(refusal, fields)
  const charge = chargeOf(fields, context)
  if (charge === undefined) return { colour: 'amber', reason: 'no_open_charge', fields, warnings }
  return { colour: 'green', reason: 'charge_paid', fields, warnings }
}

/** The rules of a genuine receipt, in order; undefined when it breaks none. */
function refuse(fields: ReceiptFields, key: PublishedKey, context: ReceiptContext): RedReason | undefined {
  const { shop, nowSeconds, shownBefore } = context
  if (key.livemode !== shop.livemode) return 'wrong_mode'
  if (fields.payeeAlias !== shop.alias) return 'other_payee'
  if (key.tenant !== shop.tenant) return 'other_tenant'
  if (!hasBegun(key, nowSeconds) || hasEnded(key, fields, nowSeconds)) return 'key_not_in_force'
  if (shownBefore(fields.paymentId)) return 'shown_before'

  const charge = chargeOf(fields, context)
  if (charge !== undefined) {
    const same = charge.amount === fields.amount && charge.currency === fields.currency
    return same ? undefined : 'other_amount'
  }
  const ageSeconds = nowSeconds - fields.paidAtSeconds
  if (ageSeconds > FRESH_SECONDS) return 'too_old'
  if (ageSeconds < -CLOCK_SKEW_SECONDS) return 'ahead_of_clock'
  return fields.challenge === '' || context.openCharges === 'unknown' ? undefined : 'other_charge'
}

/** By now, not by the payment's time: a receipt that is asked for after a rotation is signed with the new key. */
function hasBegun({ validFrom }: PublishedKey, nowSeconds: number): boolean {
  return secondsOf(validFrom) <= nowSeconds + CLOCK_SKEW_SECONDS
}

/**
 * What a key signed until its end counts as long as a receipt is fresh: so a receipt outlives a rotation, and whoever
 * finds an old key later cannot date back. An end that is no time has passed.
 */
function hasEnded({ validTo }: PublishedKey, { paidAtSeconds }: ReceiptFields, nowSeconds: number): boolean {
  if (validTo === null) return false
  const endSeconds = secondsOf(validTo)
  return !(paidAtSeconds < endSeconds && nowSeconds <= endSeconds + FRESH_SECONDS)
}

function chargeOf({ challenge }: ReceiptFields, { openCharges }: ReceiptContext): OpenCharge | undefined {
  if (challenge === '' || openCharges === 'unknown') return undefined
  return openCharges.find((charge) => charge.challenge === challenge)
}

function parse(text: string): ParsedReceipt | undefined {
  try {
    return parseReceipt(text)
  } catch {
    return undefined
  }
}

/** Key ids are short, so two keys may share one. */
async function signedBy(receipt: ParsedReceipt, keys: readonly PublishedKey[]): Promise<PublishedKey | undefined> {
  const message = utf8(receipt.signedText)
  for (const key of keys) {
    if (await verifyEd25519(decodeKey(key), message, receipt.signature)) return key
  }
  return undefined
}

function decodeKey({ x }: PublishedKey): Uint8Array {
  try {
    return decodeBase64Url(x)
  } catch {
    return new Uint8Array()
  }
}
