import type { Finding } from './finding.ts'
import type { Rule } from './rules.ts'

/**
 * Every way a consumer-presented code can be wrong; what a row means to people stands in `RULE_TEXTS` of
 * `@pisto/qr/doctor`. None is tolerated: a till must not guess at a payer's code.
 *
 * @see EMV QR Code Specification for Payment Systems: Consumer-Presented Mode 1.1
 */
export const CONSUMER_RULES = {
  C01: { code: 'not_base64', tolerated: false },
  C02: { code: 'version_not_first', tolerated: false },
  C03: { code: 'version_unknown', tolerated: false },
  C04: { code: 'object_cut_off', tolerated: false },
  C05: { code: 'length_malformed', tolerated: false },
  C06: { code: 'version_repeated', tolerated: false },
  C07: { code: 'application_missing', tolerated: false },
  C08: { code: 'aid_missing', tolerated: false },
  C09: { code: 'aid_invalid', tolerated: false },
  /** Of writing only: what was read keeps its bytes. */
  C10: { code: 'value_unfit', tolerated: false },
} satisfies Record<string, Rule>

export type ConsumerRuleId = keyof typeof CONSUMER_RULES

/** What is wrong with a payer's code. */
export const consumerFinding = (
  rule: ConsumerRuleId,
  at: Pick<Finding, 'path' | 'offset' | 'found' | 'limit'>,
): Finding => ({ code: CONSUMER_RULES[rule].code, rule, severity: 'error', ...at })
