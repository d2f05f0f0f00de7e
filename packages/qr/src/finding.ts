import type { ConsumerRuleId } from './consumer-rules.ts'
import type { ProfileRuleId } from './profile-rules.ts'
import { RULES, type Rule, type RuleId } from './rules.ts'

/** `strict`: the specification, and what we write. `tolerant`: what real codes of the region need. */
export type Profile = 'tolerant' | 'strict'

export type Severity = 'error' | 'warning'

/** One thing that is wrong with a code. `explain` of `@pisto/qr/doctor` puts it into words. */
export interface Finding {
  /** What is wrong, as a name: `crc_mismatch`. */
  readonly code: string
  /** Which rule it breaks, with the object where one rule covers several: `R05`, `R08_52`. */
  readonly rule: RuleId | `${RuleId}_${string}` | ConsumerRuleId | ProfileRuleId
  /** The object: `54`, inside a template `62.05`, of a payer’s code `61.4F`; empty for the whole code. */
  readonly path: string
  /** Where the object starts: characters (code points) from the start of the code, of a payer’s code bytes. */
  readonly offset: number
  readonly severity: Severity
  /** What stands there, as it stands there: it comes from a stranger, and may be long. */
  readonly found?: string
  /** What would be right, or how much of it. */
  readonly limit?: string | number
}

/** What a check knows about what it found. */
export interface Found extends Pick<Finding, 'path' | 'offset' | 'found' | 'limit'> {
  /** Added to the rule's id: `R08` at object `52` is `R08_52`. */
  readonly object?: string
  /** Overrides what the rule's table says for the tolerant profile. */
  readonly tolerated?: boolean
}

/** A code with more findings than this is not worth listing further. */
const MAX_FINDINGS = 200

/** Collects the findings of one reading and gives them their severity by profile. */
export class Report {
  readonly findings: Finding[] = []
  hasErrors = false
  /** Is all of the code known to be printable ASCII? Most codes are, and need fewer looks then. */
  isAscii = false
  private readonly profile: Profile

  constructor(profile: Profile) {
    this.profile = profile
  }

  add(rule: RuleId, { object, tolerated, ...at }: Found): void {
    const { code, tolerated: isTolerated = false }: Rule = RULES[rule]
    const severity = this.profile === 'tolerant' && (tolerated ?? isTolerated) ? 'warning' : 'error'
    this.hasErrors ||= severity === 'error'
    if (this.findings.length >= MAX_FINDINGS) return
    this.findings.push({ code, rule: object === undefined ? rule : `${rule}_${object}`, ...at, severity })
  }
}
