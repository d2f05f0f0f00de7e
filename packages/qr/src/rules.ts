import { STRUCTURE_RULES } from './rules-of-structure.ts'
import { TEMPLATE_RULES } from './rules-of-templates.ts'
import { VALUE_RULES } from './rules-of-values.ts'

/** One way a code can be wrong. */
export interface Rule {
  /** Its name in findings. */
  readonly code: string
  /** Does the tolerant profile only warn? */
  readonly tolerated: boolean
  /** English message and hint, then Spanish message and hint; `{path}`, `{found}`, `{limit}` are filled in. */
  readonly texts: readonly [message: string, hint: string, messageEs: string, hintEs: string]
}

/**
 * Every way a merchant-presented code can be wrong. Adding a row is the only way to add a finding.
 *
 * @see EMV QR Code Specification for Payment Systems: Merchant-Presented Mode 1.1
 */
export const RULES = { ...STRUCTURE_RULES, ...VALUE_RULES, ...TEMPLATE_RULES } satisfies Record<string, Rule>

export type RuleId = keyof typeof RULES
