import type { Finding } from './finding.ts'
import { RULE_TEXTS } from './rule-texts.ts'

/** A finding with what it says to people. */
export interface ExplainedFinding extends Finding {
  readonly message: string
  /** What to do about it. */
  readonly hint: string
  readonly messageEs: string
  readonly hintEs: string
}

/**
 * Puts a finding into words, in English and in Spanish.
 *
 * @example
 * parse(payload).findings.map(explain)[0]?.message // 'Object 52 is missing'
 */
export function explain(finding: Finding): ExplainedFinding {
  const [message, hint, messageEs, hintEs] = RULE_TEXTS[ruleOf(finding)]
  const say = (text: string): string => fill(text, finding)
  return { ...finding, message: say(message), hint: say(hint), messageEs: say(messageEs), hintEs: say(hintEs) }
}

/** The rule without the object: `R08` of `R08_52`. */
function ruleOf({ rule }: Finding): keyof typeof RULE_TEXTS {
  return rule.replace(/_.*/s, '') as keyof typeof RULE_TEXTS
}

/** What was found is shown, but not at any length: it comes from a stranger. */
const MAX_SHOWN = 40

function fill(text: string, finding: Finding): string {
  return text.replace(/\{(path|found|limit)\}/g, (_, name: 'path' | 'found' | 'limit') => {
    const value = `${finding[name] ?? ''}`
    return value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value
  })
}
