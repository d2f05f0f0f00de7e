import type { ReceiptFields } from './receipt.ts'

/** Why a receipt is not accepted. The first that applies, in this order. */
export type RedReason =
  /** Not the form of a receipt. */
  | 'not_a_receipt'
  /** The directory has no receipt key of that id. */
  | 'unknown_key'
  /** The signature is not the key's: invented or changed. */
  | 'not_genuine'
  /** Sandbox money in a real shop, or the reverse. */
  | 'wrong_mode'
  /** Paid to somebody else. */
  | 'other_payee'
  /** Signed by a tenant that does not keep this shop's account. */
  | 'other_tenant'
  /** The key was not yet or no longer in force. */
  | 'key_not_in_force'
  /** This device has counted this payment already. */
  | 'shown_before'
  /** An answer to a charge open here, with another amount or currency. */
  | 'other_amount'
  /** Paid more than ten minutes ago. */
  | 'too_old'
  /** Paid later than this device's clock says it is: the clock is wrong. */
  | 'ahead_of_clock'
  /** It answers a charge, and none that is open on this device: another till's, or one that is settled. */
  | 'other_charge'

/** What the reader of a verdict should know besides. */
export type ReceiptWarning =
  /** This device's clock is clearly before the directory's date, so it is wrong: ages cannot be judged. */
  'clock_before_directory'

/**
 * What a device may show about a receipt.
 * - **green**: it answers a charge open on this device.
 * - **amber**: genuine, fresh, for this shop, but it answers no charge at all (a static code): "check the number of sales
 *   before you hand over". A second phone of the shop says the same.
 * - **red**: do not hand over.
 *
 * `fields` are null unless some tenant has signed them: what nobody signed must not be shown.
 */
export type ReceiptVerdict = { readonly warnings: readonly ReceiptWarning[] } & (
  | { readonly colour: 'green'; readonly reason: 'charge_paid'; readonly fields: ReceiptFields }
  | { readonly colour: 'amber'; readonly reason: 'no_open_charge'; readonly fields: ReceiptFields }
  | { readonly colour: 'red'; readonly reason: RedReason; readonly fields: ReceiptFields | null }
)
