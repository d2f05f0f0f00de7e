/** The objects inside a template by their two-digit ids. */
export type SubFields = Readonly<Record<string, string>>

/** An object that is a template, or a plain value where it is none. */
export type PlainOrTemplate = string | SubFields

/**
 * What a merchant-presented code says. Names are those of the specification, values are its texts:
 * `amount` is not yet money, `currency` is a number of ISO 4217.
 */
export interface MerchantFields {
  /** `00`: always `01`. */
  readonly payloadFormatIndicator: string
  /** `01`: `11` static, `12` dynamic. */
  readonly pointOfInitiation?: string
  /** `02` to `51`: plain values of card networks up to 25, templates with a GUID from 26. */
  readonly merchantAccounts: Readonly<Record<string, PlainOrTemplate>>
  /** `52`: merchant category code, ISO 18245. */
  readonly mcc?: string
  /** `53`: ISO 4217 number. */
  readonly currency: string
  /** `54`: like `125.50`, in the currency's units. */
  readonly amount?: string
  /** `55`: `01` ask for a tip, `02` fixed fee, `03` percentage. */
  readonly tipIndicator?: string
  /** `56`: in the currency's units. */
  readonly feeFixed?: string
  /** `57`: in percent, `0.01` to `99.99`. */
  readonly feePercent?: string
  /** `58`: ISO 3166-1 alpha-2. */
  readonly country: string
  /** `59`. */
  readonly merchantName?: string
  /** `60`. */
  readonly merchantCity?: string
  /** `61`. */
  readonly postalCode?: string
  /** `62`: bill number `01`, reference `05`, terminal `07`, purpose `08`, … */
  readonly additionalData?: Readonly<Record<string, PlainOrTemplate>>
  /** `64`: language `00`, the name `01` and the city `02` in its spelling. */
  readonly language?: SubFields
  /** `80` to `99`: templates of networks, e.g. signatures. */
  readonly unreserved?: Readonly<Record<string, PlainOrTemplate>>
  /** `63`: as it stands in the code. */
  readonly crc: string
}

/** Fields while they are being read. */
export type FieldsInProgress = { -readonly [K in keyof MerchantFields]?: MerchantFields[K] }

/** Root objects that are plain texts, by id. */
export const PLAIN_FIELDS = {
  '00': 'payloadFormatIndicator',
  '01': 'pointOfInitiation',
  '52': 'mcc',
  '53': 'currency',
  '54': 'amount',
  '55': 'tipIndicator',
  '56': 'feeFixed',
  '57': 'feePercent',
  '58': 'country',
  '59': 'merchantName',
  '60': 'merchantCity',
  '61': 'postalCode',
  '63': 'crc',
} as const

/** The name of a plain root object. */
export function plainFieldOf(id: string): (typeof PLAIN_FIELDS)[keyof typeof PLAIN_FIELDS] | undefined {
  return Object.hasOwn(PLAIN_FIELDS, id) ? PLAIN_FIELDS[id as keyof typeof PLAIN_FIELDS] : undefined
}
