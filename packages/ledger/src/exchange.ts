import { type Currency, multiplyMinor, SCALE } from '@pisto/money'
import { formatMinor, parseMinor } from '@pisto/money/text'
import { type Amount, Refused, type TransferPlan } from './model.ts'

export interface Exchange {
  /** Pays `amount`. */
  readonly debit: string
  /** Receives the other currency. */
  readonly credit: string
  readonly amount: Amount
  readonly currency: string
  /** Units of the other currency for one of the amount's: a decimal text like `0.128205`. */
  readonly rate: string
  /** Where the institution keeps each currency between two exchanges. */
  readonly exchangeAccounts: { readonly from: string; readonly to: string }
  /** In the other currency: takes what is less than a unit that can be paid. */
  readonly roundingAccount: string
}

/**
 * The transfers of a currency exchange. No transfer has two currencies: money goes into the exchange account of one and
 * comes out of that of the other. The receiver gets the amount times the rate, rounded down; the exchange account pays it
 * rounded up, and the remainder is booked on the rounding account, so that the books show every centavo.
 *
 * @throws {Refused} `exchange_too_small`: not one minor unit would be received
 * @throws {RangeError} the rate is spelled otherwise
 * @example
 * exchangeTransfers({ amount: { amount: '10.00', currency: 'GTQ' }, currency: 'USD', rate: '0.12821', … })
 * // Q10.00 in; $1.28 to the receiver, $0.01 to the rounding account
 */
export function exchangeTransfers(exchange: Exchange): TransferPlan[] {
  const { debit, credit, amount, rate, exchangeAccounts, roundingAccount } = exchange
  const [from, to] = [amount.currency as Currency, exchange.currency as Currency]
  if (SCALE[from] !== SCALE[to]) throw new RangeError(`${from} and ${to} have other minor units`)
  const minor = parseMinor(amount.amount, from)
  const received = multiplyMinor(minor, rate, 'floor')
  const paid = multiplyMinor(minor, rate, 'ceil')
  const inOther = (value: bigint): Amount => ({ amount: formatMinor(value, to), currency: to })
  if (received <= 0n) throw new Refused('exchange_too_small', { rate, currency: to })
  return [
    { kind: 'posted', debit, credit: exchangeAccounts.from, amount },
    { kind: 'posted', debit: exchangeAccounts.to, credit, amount: inOther(received) },
    ...(paid > received
      ? [
          {
            kind: 'posted',
            debit: exchangeAccounts.to,
            credit: roundingAccount,
            amount: inOther(paid - received),
          } as const,
        ]
      : []),
  ]
}
