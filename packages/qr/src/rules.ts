/** One way a code can be wrong. */
export interface Rule {
  /** Its name in findings. */
  readonly code: string
  /** Does the tolerant profile only warn? */
  readonly tolerated?: boolean
}

/**
 * Every way a merchant-presented code can be wrong. Adding a row is the only way to add a finding; what a row means
 * to people stands in `RULE_TEXTS` of `@pisto/qr/doctor`, so that wallets need not carry the texts.
 *
 * @see EMV QR Code Specification for Payment Systems: Merchant-Presented Mode 1.1
 */
export const RULES = {
  // the code as a whole, and objects as such
  R01: { code: 'object_broken' },
  R01long: { code: 'value_too_long_to_write' },
  R03: { code: 'format_indicator_missing' },
  R03v: { code: 'format_indicator_unknown' },
  R04: { code: 'crc_not_last' },
  R05: { code: 'crc_mismatch' },
  R05case: { code: 'crc_lower_case', tolerated: true },
  R07: { code: 'object_repeated' },
  R08: { code: 'object_missing' },
  R08mai: { code: 'account_missing' },
  R21: { code: 'object_reserved' },
  R24: { code: 'code_too_long', tolerated: true },
  R25: { code: 'control_character' },
  R26: { code: 'value_empty' },
  R27: { code: 'length_not_digits' },
  // values of root objects: kind of code, trade, money, place, name
  R09: { code: 'initiation_unknown' },
  R11: { code: 'mcc_invalid' },
  R12: { code: 'currency_unknown' },
  R13: { code: 'amount_invalid' },
  R13zero: { code: 'amount_zero', tolerated: true },
  R13dec: { code: 'amount_decimals', tolerated: true },
  R14: { code: 'tip_invalid' },
  R15: { code: 'country_invalid' },
  R16: { code: 'name_too_long', tolerated: true },
  R17: { code: 'city_too_long', tolerated: true },
  R18: { code: 'postal_code_too_long', tolerated: true },
  R23: { code: 'not_ascii', tolerated: true },
  // objects that contain objects: accounts, additional data, language, unreserved
  R10guid: { code: 'guid_missing' },
  R10order: { code: 'guid_not_first', tolerated: true },
  R10opaque: { code: 'account_opaque', tolerated: true },
  R19: { code: 'additional_data_invalid', tolerated: true },
  R19pss: { code: 'additional_template_invalid', tolerated: true },
  R20: { code: 'language_incomplete' },
  R20long: { code: 'language_too_long', tolerated: true },
  R22: { code: 'unreserved_guid_missing', tolerated: true },
  R28: { code: 'template_broken' },
} satisfies Record<string, Rule>

export type RuleId = keyof typeof RULES
