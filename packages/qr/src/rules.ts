/** One way a code can be wrong. */
export interface Rule {
  /** Its name in findings. */
  readonly code: string
  /** Does the tolerant profile only warn? */
  readonly tolerated: boolean
}

/**
 * Every way a merchant-presented code can be wrong. Adding a row is the only way to add a finding; what a row means
 * to people stands in `RULE_TEXTS` of `@pisto/qr/doctor`, so that wallets need not carry the texts.
 *
 * @see EMV QR Code Specification for Payment Systems: Merchant-Presented Mode 1.1
 */
export const RULES = {
  // the code as a whole, and objects as such
  R01: { code: 'object_broken', tolerated: false },
  R01long: { code: 'value_too_long_to_write', tolerated: false },
  R03: { code: 'format_indicator_missing', tolerated: false },
  R03v: { code: 'format_indicator_unknown', tolerated: false },
  R04: { code: 'crc_not_last', tolerated: false },
  R05: { code: 'crc_mismatch', tolerated: false },
  R05case: { code: 'crc_lower_case', tolerated: true },
  R07: { code: 'object_repeated', tolerated: false },
  R08: { code: 'object_missing', tolerated: false },
  R08mai: { code: 'account_missing', tolerated: false },
  R21: { code: 'object_reserved', tolerated: false },
  R24: { code: 'code_too_long', tolerated: true },
  R25: { code: 'control_character', tolerated: false },
  R26: { code: 'value_empty', tolerated: false },
  R27: { code: 'length_not_digits', tolerated: false },
  // values of root objects: kind of code, trade, money, place, name
  R09: { code: 'initiation_unknown', tolerated: false },
  R11: { code: 'mcc_invalid', tolerated: false },
  R12: { code: 'currency_unknown', tolerated: false },
  R13: { code: 'amount_invalid', tolerated: false },
  R13zero: { code: 'amount_zero', tolerated: true },
  R13dec: { code: 'amount_decimals', tolerated: true },
  R14: { code: 'tip_invalid', tolerated: false },
  R15: { code: 'country_invalid', tolerated: false },
  R16: { code: 'name_too_long', tolerated: true },
  R17: { code: 'city_too_long', tolerated: true },
  R18: { code: 'postal_code_too_long', tolerated: true },
  R23: { code: 'not_ascii', tolerated: true },
  // objects that contain objects: accounts, additional data, language, unreserved
  R10guid: { code: 'guid_missing', tolerated: false },
  R10order: { code: 'guid_not_first', tolerated: true },
  R10opaque: { code: 'account_opaque', tolerated: true },
  R19: { code: 'additional_data_invalid', tolerated: true },
  R19pss: { code: 'additional_template_invalid', tolerated: true },
  R20: { code: 'language_incomplete', tolerated: false },
  R20long: { code: 'language_too_long', tolerated: true },
  R22: { code: 'unreserved_guid_missing', tolerated: true },
  R28: { code: 'template_broken', tolerated: false },
} satisfies Record<string, Rule>

export type RuleId = keyof typeof RULES
