import type { Money } from '@pisto/sdk'

/** A person or business as the bank knows it. */
export interface BankCustomer {
  readonly customerNumber: string
  readonly country: 'GT' | 'HN' | 'SV'
  readonly givenNames: string
  readonly familyNames: string
  /** ISO date. */
  readonly dateOfBirth: string
  readonly document: { readonly type: 'DPI' | 'DNI' | 'DUI'; readonly number: string }
  /** E.164. */
  readonly phone: string
  /** Accounts that this customer may pay from. */
  readonly accountNumbers: readonly string[]
}

/** Money in or out of one account of the core system. */
export interface Movement {
  /** The bank's own name of the movement. However often it is sent, it is booked once. */
  readonly reference: string
  readonly accountNumber: string
  readonly amount: Money
  /** What the customer reads on the statement. */
  readonly concept: string
}

/**
 * What this service needs of the bank's core system. The three that move money may be repeated with the same
 * reference at any time, from any process: that is what makes everything built on them safe.
 */
export interface CoreBanking {
  /** @returns Undefined: there is no such customer. @throws {CoreOutcomeUnknown} */
  findCustomer(customerNumber: string): Promise<BankCustomer | undefined>
  /** Takes money out of an account. @throws {CoreRefused} nothing was booked @throws {CoreOutcomeUnknown} */
  debit(movement: Movement): Promise<void>
  /** Puts money into an account. @throws {CoreRefused} nothing was booked @throws {CoreOutcomeUnknown} */
  credit(movement: Movement): Promise<void>
  /**
   * Takes a movement back, once. Of a reference that the core has not seen it keeps the undoing, and refuses the
   * movement should it still arrive: after an undo, the money is back or never leaves.
   * @throws {CoreOutcomeUnknown}
   */
  undo(reference: string): Promise<void>
}

export const CORE_REFUSALS = [
  'INSUFFICIENT_FUNDS',
  'LIMIT_EXCEEDED',
  'ACCOUNT_BLOCKED',
  'ACCOUNT_NOT_FOUND',
  'MOVEMENT_UNDONE',
] as const
export type CoreRefusal = (typeof CORE_REFUSALS)[number]

/** The core system said no: nothing was booked under this reference, and nothing will be. */
export class CoreRefused extends Error {
  override readonly name = 'CoreRefused'
  readonly code: CoreRefusal

  constructor(code: CoreRefusal) {
    super(`the core system refused: ${code}`)
    this.code = code
  }
}

/** No answer, or none that can be understood. It may have been booked: repeat it with the same reference. */
export class CoreOutcomeUnknown extends Error {
  override readonly name = 'CoreOutcomeUnknown'
}
