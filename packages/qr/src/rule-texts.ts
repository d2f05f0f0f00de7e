import type { ConsumerRuleId } from './consumer-rules.ts'
import type { ProfileRuleId } from './profile-rules.ts'
import type { RuleId } from './rules.ts'
import { CONSUMER_TEXTS } from './texts-of-consumer.ts'
import { PROFILE_TEXTS } from './texts-of-profiles.ts'
import { STRUCTURE_TEXTS } from './texts-of-structure.ts'
import { TEMPLATE_TEXTS } from './texts-of-templates.ts'
import { VALUE_TEXTS } from './texts-of-values.ts'

/** English message and hint, then Spanish message and hint; `{path}`, `{found}`, `{limit}` are filled in. */
export type RuleTexts = readonly [message: string, hint: string, messageEs: string, hintEs: string]

/** What each rule of `RULES`, `CONSUMER_RULES` and `PROFILE_RULES` says to people. */
export const RULE_TEXTS: Readonly<Record<RuleId | ConsumerRuleId | ProfileRuleId, RuleTexts>> = {
  ...STRUCTURE_TEXTS,
  ...VALUE_TEXTS,
  ...TEMPLATE_TEXTS,
  ...CONSUMER_TEXTS,
  ...PROFILE_TEXTS,
}
