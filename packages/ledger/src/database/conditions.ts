import type { SqlValue } from './database.ts'

/** Takes a value and gives the `$n` that stands for it. */
export type Add = (value: SqlValue) => string

/**
 * The where clause of a list: only the filters that were asked for, so that each list finds its index. `$1` is the
 * tenant.
 *
 * @example
 * const where = new Conditions(tenant)
 * if (merchant) where.add((add) => `p.merchant_id = ${add(merchant)}`)
 * db.query(`select … where p.tenant_id = $1${where.sql} limit ${where.parameter(21)}`, where.parameters)
 */
export class Conditions {
  readonly #parameters: SqlValue[]
  #sql = ''

  constructor(tenant: string) {
    this.#parameters = [tenant]
  }

  get parameters(): readonly SqlValue[] {
    return this.#parameters
  }

  /** Begins with ` and ` unless it is empty. */
  get sql(): string {
    return this.#sql
  }

  add(condition: (add: Add) => string): void {
    this.#sql += ` and ${condition(this.parameter)}`
  }

  readonly parameter: Add = (value) => `$${this.#parameters.push(value)}`
}
