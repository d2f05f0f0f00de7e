import { allocateMinor } from './allocate.ts'
import { formatMinor, inRange, parseMinor } from './amount-text.ts'
import { type Currency, isCurrency } from './currencies.ts'
import { displayMinor, type Locale } from './display.ts'
import { InvalidAmount } from './invalid-amount.ts'
import { multiplyMinor, type Rounding } from './rounding.ts'
import { formatShortest, parseShortest } from './shortest.ts'

/** An amount as it travels: the same pair in HTTP bodies, events and receipts. */
export interface MoneyJson {
  /** Like `125.50`: exactly the currency's digits. */
  readonly amount: string
  readonly currency: Currency
}

/**
 * An exact, immutable amount of one currency. Never a JavaScript number.
 *
 * Inside it is an integer of minor units, at most 9,223,372,036,854,775,807 either way; every
 * operation that would leave this range throws instead.
 *
 * @example
 * Money.parse('125.50', 'GTQ').plus(Money.parse('0.05', 'GTQ')).toString() // '125.55'
 */
export class Money {
  readonly currency: Currency
  readonly #minor: bigint

  private constructor(minor: bigint, currency: Currency) {
    this.#minor = inRange(minor, currency)
    this.currency = currency
  }

  /** @throws {InvalidAmount} unless `text` is like `-12.50`: no exponent, no spaces, exact scale. */
  static parse(text: string, currency: Currency): Money {
    return new Money(parseMinor(text, currency), currency)
  }

  /**
   * @param text Without trailing zeros, as other rails write it: `12.5`, `12`.
   * @throws {InvalidAmount} for any other spelling.
   */
  static parseShortest(text: string, currency: Currency): Money {
    return new Money(parseShortest(text, currency), currency)
  }

  /** @throws {InvalidAmount} if the amount is not one of its currency. */
  static fromJSON(json: MoneyJson): Money {
    return Money.parse(json.amount, json.currency)
  }

  /** @param minor Minor units, e.g. centavos. */
  static fromMinor(minor: bigint, currency: Currency): Money {
    if (!isCurrency(currency)) throw new InvalidAmount(String(minor), currency, 'currency')
    if (typeof minor !== 'bigint') throw new InvalidAmount(String(minor), currency, 'type')
    return new Money(minor, currency)
  }

  static zero(currency: Currency): Money {
    return Money.fromMinor(0n, currency)
  }

  /** @throws {InvalidAmount} for another currency, or beyond the range. */
  plus(other: Money): Money {
    return this.#with(this.#minor + this.#sameCurrency(other))
  }

  /** @throws {InvalidAmount} for another currency, or beyond the range. */
  minus(other: Money): Money {
    return this.#with(this.#minor - this.#sameCurrency(other))
  }

  negated(): Money {
    return this.#with(-this.#minor)
  }

  /**
   * Rounding has no default: whoever multiplies money must say who keeps the cent.
   *
   * @param rate A decimal text like `0.0125`: at most 9 digits before and 12 after the point.
   * @throws {RangeError} for another spelling of the rate. @throws {InvalidAmount} beyond the range.
   * @example
   * Money.parse('10.00', 'GTQ').times('0.0125', 'halfEven').toString() // '0.12'
   */
  times(rate: string, rounding: Rounding): Money {
    return this.#with(multiplyMinor(this.#minor, rate, rounding))
  }

  /**
   * Divides into shares that add up to exactly this amount; what is left over goes to the largest
   * remainders, then to the earlier share.
   *
   * @param ratios Non-negative integers, at least one above zero.
   * @throws {RangeError} for other ratios.
   * @example
   * Money.parse('1.00', 'HNL').allocate([1, 1, 1]).map(String) // ['0.34', '0.33', '0.33']
   */
  allocate(ratios: readonly (bigint | number)[]): Money[] {
    return allocateMinor(this.#minor, ratios).map((minor) => this.#with(minor))
  }

  /** @returns Negative, zero or positive, as `Array.sort` wants it. @throws {InvalidAmount} for another currency. */
  compare(other: Money): -1 | 0 | 1 {
    const minor = this.#sameCurrency(other)
    if (this.#minor === minor) return 0
    return this.#minor < minor ? -1 : 1
  }

  /** The same amount of the same currency? Never throws. */
  equals(other: Money): boolean {
    return this.currency === other.currency && this.#minor === other.#minor
  }

  isZero(): boolean {
    return this.#minor === 0n
  }

  isNegative(): boolean {
    return this.#minor < 0n
  }

  isPositive(): boolean {
    return this.#minor > 0n
  }

  /** Minor units, e.g. centavos: what the ledger stores. */
  toMinor(): bigint {
    return this.#minor
  }

  /** Like `-12.50`; `Money.parse` reads it back. */
  toString(): string {
    return formatMinor(this.#minor, this.currency)
  }

  /** Without trailing zeros, as other rails demand; `Money.parseShortest` reads it back. */
  toShortest(): string {
    return formatShortest(this.#minor, this.currency)
  }

  /** For people: `Q1,234.50`, `L 1,234.50`, `$1,234.50`. Cannot be read back. */
  format(locale: Locale): string {
    return displayMinor(this.#minor, this.currency, locale)
  }

  toJSON(): MoneyJson {
    return { amount: this.toString(), currency: this.currency }
  }

  #with(minor: bigint): Money {
    return new Money(minor, this.currency)
  }

  #sameCurrency(other: Money): bigint {
    if (other.currency !== this.currency) throw new InvalidAmount(other.toString(), this.currency, 'currency')
    return other.#minor
  }
}
