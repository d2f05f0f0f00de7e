import { CURRENCIES, currencyOfNumber } from '@pisto/money/currencies'
import { type MerchantFields, networksOf, type PlainOrTemplate } from '@pisto/qr'

/** A field of a code: the object's path (`62.05`), what it is, what it says, and what that means. */
export type FieldRow = readonly [path: string, name: string, value: string, meaning: string]

const PLAIN = [
  ['00', 'format', 'payloadFormatIndicator'],
  ['01', 'kind', 'pointOfInitiation'],
  ['52', 'category', 'mcc'],
  ['53', 'currency', 'currency'],
  ['54', 'amount', 'amount'],
  ['55', 'tip', 'tipIndicator'],
  ['56', 'fixed fee', 'feeFixed'],
  ['57', 'fee in percent', 'feePercent'],
  ['58', 'country', 'country'],
  ['59', 'name', 'merchantName'],
  ['60', 'city', 'merchantCity'],
  ['61', 'postal code', 'postalCode'],
] as const satisfies readonly (readonly [string, string, keyof MerchantFields])[]

const ADDITIONAL: Readonly<Record<string, string>> = {
  '01': 'bill number',
  '02': 'mobile number',
  '03': 'store',
  '04': 'loyalty number',
  '05': 'reference',
  '06': 'customer',
  '07': 'terminal',
  '08': 'purpose',
  '09': 'asks for',
  '10': 'tax id',
  '11': 'channel',
}
const LANGUAGE: Readonly<Record<string, string>> = {
  '00': 'language',
  '01': 'name as spelled',
  '02': 'city as spelled',
}

/** The fields of a code in the order of their objects. */
export function fieldRows(fields: Partial<MerchantFields>): FieldRow[] {
  const networks = new Map(networksOf(fields).map(({ object, network }) => [object, network.name]))
  const plain = PLAIN.flatMap(([path, name, field]): FieldRow[] => {
    const value = fields[field]
    return value === undefined ? [] : [[path, name, value, meaningOf(path, value)]]
  })
  return [
    ...plain,
    ...templates(
      fields.merchantAccounts,
      () => 'account',
      (id) => networks.get(id) ?? '',
    ),
    ...inside('62', fields.additionalData, (id) => ADDITIONAL[id] ?? ''),
    ...inside('64', fields.language, (id) => LANGUAGE[id] ?? ''),
    ...templates(
      fields.unreserved,
      () => 'network data',
      () => '',
    ),
    ...(fields.crc === undefined ? [] : ([['63', 'checksum', fields.crc, '']] as const)),
  ].toSorted(([a], [b]) => placeOf(a) - placeOf(b))
}

/** `63` stands last, whatever its number. */
const placeOf = (path: string): number => (path === '63' ? 100 : Number(path))

function meaningOf(path: string, value: string): string {
  if (path === '01') return value === '11' ? 'static: many payments' : 'dynamic: one payment'
  if (path !== '53') return ''
  const currency = currencyOfNumber(value)
  return currency === undefined ? '' : `${currency} (${CURRENCIES[currency].symbol})`
}

type Templates = Readonly<Record<string, PlainOrTemplate>> | undefined

function templates(all: Templates, name: () => string, meaning: (id: string) => string): FieldRow[] {
  return Object.entries(all ?? {}).flatMap(([id, value]): FieldRow[] => {
    if (typeof value === 'string') return [[id, name(), value, meaning(id)]]
    const rows = inside(id, value, () => name())
    return rows.map((row, index) => (index === 0 ? [row[0], row[1], row[2], meaning(id)] : row))
  })
}

function inside(path: string, template: Templates, name: (id: string) => string): FieldRow[] {
  return Object.entries(template ?? {}).flatMap(([id, value]): FieldRow[] =>
    typeof value === 'string'
      ? [[`${path}.${id}`, name(id), value, '']]
      : Object.entries(value).map(([sub, text]) => [`${path}.${id}${sub}`, name(id), text, '']),
  )
}
