import type { RuleId } from './rules.ts'
import { STRUCTURE_TEXTS } from './texts-of-structure.ts'
import { TEMPLATE_TEXTS } from './texts-of-templates.ts'
import { VALUE_TEXTS } from './texts-of-values.ts'

/** English message and hint, then Spanish message and hint; `{path}`, `{found}`, `{limit}` are filled in. */
export type RuleTexts = readonly [message: string, hint: string, messageEs: string, hintEs: string]

/** What each rule of `RULES` says to people. */
export const RULE_TEXTS: Readonly<Record<RuleId, RuleTexts>> = { ...STRUCTURE_TEXTS, ...VALUE_TEXTS, ...TEMPLATE_TEXTS }
