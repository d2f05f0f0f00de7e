import type { Rule } from './rules.ts'

/** What the networks and countries that a code names add to the specification: advice, never an error. */
export const PROFILE_RULES = {
  N01: { code: 'network_object_missing', tolerated: true },
  N02: { code: 'network_currency', tolerated: true },
  N03: { code: 'network_country', tolerated: true },
  N04: { code: 'country_currency', tolerated: true },
  N05: { code: 'amount_above_cap', tolerated: true },
  N06: { code: 'account_reserved', tolerated: true },
} satisfies Record<string, Rule>

export type ProfileRuleId = keyof typeof PROFILE_RULES
