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
export type FieldsInProgress = {
  -readonly [K in keyof MerchantFields]?: MerchantFields[K] extends SubFields | undefined | string
    ? MerchantFields[K]
    : Record<string, PlainOrTemplate>
}

/** Keeps a root object that is a plain text. Of a repeated one the first counts, as its finding says. */
export function keepPlain(fields: FieldsInProgress, tag: number, value: string): void {
  switch (tag) {
    case 0:
      fields.payloadFormatIndicator ??= value
      break
    case 1:
      fields.pointOfInitiation ??= value
      break
    case 52:
      fields.mcc ??= value
      break
    case 53:
      fields.currency ??= value
      break
    case 54:
      fields.amount ??= value
      break
    case 55:
      fields.tipIndicator ??= value
      break
    case 56:
      fields.feeFixed ??= value
      break
    case 57:
      fields.feePercent ??= value
      break
    case 58:
      fields.country ??= value
      break
    case 59:
      fields.merchantName ??= value
      break
    case 60:
      fields.merchantCity ??= value
      break
    case 61:
      fields.postalCode ??= value
      break
    case 63:
      fields.crc ??= value
      break
  }
}
