import { amountPattern } from '@pisto/money/text'
import { type Static, type TObject, type TProperties, type TSchema, Type } from 'typebox'

/** Countries that Pisto serves and the currency that their wallets hold. */
export const COUNTRY_CURRENCY = { GT: 'GTQ', HN: 'HNL', SV: 'USD' } as const
export type CountryCode = keyof typeof COUNTRY_CURRENCY
export type WalletCurrency = (typeof COUNTRY_CURRENCY)[CountryCode]

/** An object that takes no other fields than its own. */
export const strictObject = <P extends TProperties>(
  properties: P,
  options: { title?: string; description?: string } = {},
): TObject<P> => Type.Object(properties, { additionalProperties: false, ...options })

export const Country = Type.Enum(['GT', 'HN', 'SV'], { description: 'ISO 3166-1 alpha-2' })
export const Currency = Type.Enum(['GTQ', 'HNL', 'USD'], { description: 'ISO 4217' })

/** One pattern for all wallet currencies: they have two decimal digits each (a test holds them to it). */
export const UNSIGNED_AMOUNT = amountPattern('GTQ', { signed: false })
export const SIGNED_AMOUNT = amountPattern('GTQ', { signed: true })
const POSITIVE_AMOUNT = UNSIGNED_AMOUNT.replace('^', '^(?!0\\.00$)')

const moneyOf = (pattern: string, title: string, description: string) =>
  strictObject(
    {
      amount: Type.String({ pattern, description: 'Decimal string with exactly two digits', examples: ['125.50'] }),
      currency: Currency,
    },
    { title, description },
  )

export const Money = moneyOf(UNSIGNED_AMOUNT, 'Money', 'An exact amount, zero or more')
export interface Money extends Static<typeof Money> {}
export const PositiveMoney = moneyOf(POSITIVE_AMOUNT, 'PositiveMoney', 'An exact amount of more than zero')
export interface PositiveMoney extends Static<typeof PositiveMoney> {}
export const SignedMoney = moneyOf(SIGNED_AMOUNT, 'SignedMoney', 'An exact amount with its sign')
export interface SignedMoney extends Static<typeof SignedMoney> {}

export const Timestamp = Type.String({
  format: 'date-time',
  description: 'RFC 3339 in UTC',
  examples: ['2026-11-24T14:03:00.000Z'],
})
export const DateOnly = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'ISO 8601 calendar date' })
export const Livemode = Type.Boolean({ description: 'false in the sandbox' })

/** Free text of a person: no control characters. */
export const text = (maxLength: number, minLength = 1) =>
  Type.String({ minLength, maxLength, pattern: '^[^\\u0000-\\u001f\\u007f]*$' })

export const Metadata = Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 500 }), {
  maxProperties: 20,
  description: 'Your own notes: text by name, kept and returned, never read by Pisto',
})

export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** A page of a list, newest first unless said otherwise; `nextCursor` is null on the last page. */
export const pageOf = <T extends TSchema>(item: T, title: string) =>
  strictObject(
    { data: Type.Array(item), nextCursor: nullable(Type.String({ description: 'Give it back as `after`' })) },
    { title },
  )

/** Query of an operation that moves money: what would it answer? */
export const dryRunQuery = strictObject({
  dryRun: Type.Optional(
    Type.Boolean({ description: 'Decides and changes nothing; the answer (200) is what the call would give now' }),
  ),
})

/** Query of every list. `limit` is text on the wire and read as a number. */
export const pageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: 'Default 20' })),
  after: Type.Optional(Type.String({ maxLength: 200, description: 'The `nextCursor` of the page before' })),
}

/**
 * Query of lists with filters that are looked for row by row: a page ends after 10,000 rows that it looked at, however
 * few it found. Only a `nextCursor` of null says that there are no more.
 */
export const sparsePageQuery = {
  ...pageQuery,
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 100,
      description: 'Default 20. A filtered page may have fewer, even none, while `nextCursor` says that there are more',
    }),
  ),
}

/** Query of lists of what happened: a stretch of time. */
export const timeQuery = {
  from: Type.Optional(Type.String({ format: 'date-time', description: 'Only what happened at this time or later' })),
  to: Type.Optional(Type.String({ format: 'date-time', description: 'Only what happened before this time' })),
}
