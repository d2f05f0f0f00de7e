import { RULES, type RuleId } from './rules.ts'

/** `strict`: the specification, and what we write. `tolerant`: what real codes of the region need. */
export type Profile = 'tolerant' | 'strict'

export type Severity = 'error' | 'warning'

/** One thing that is wrong with a code. */
export interface Finding {
  /** What is wrong, as a name: `crc_mismatch`. */
  readonly code: string
  /** Which rule it breaks, with the object where one rule covers several: `R05`, `R08_52`. */
  readonly rule: string
  /** The object: `54`, inside a template `62.05`; empty for the whole code. */
  readonly path: string
  /** Where the object starts, in characters (code points) from the start of the code. */
  readonly offset: number
  readonly severity: Severity
  readonly message: string
  /** What to do about it. */
  readonly hint: string
  readonly messageEs: string
  readonly hintEs: string
}

/** What a check knows about what it found. */
export interface Found {
  readonly path: string
  readonly offset: number
  /** Added to the rule's id: `R08` at object `52` is `R08_52`. */
  readonly object?: string
  /** Overrides what the rule's table says for the tolerant profile. */
  readonly tolerated?: boolean
  /** Fills `{found}` in the texts. */
  readonly found?: string
  /** Fills `{limit}` in the texts. */
  readonly limit?: string | number
}

/** Collects the findings of one reading and gives them their severity by profile. */
export interface Report {
  readonly findings: readonly Finding[]
  add(rule: RuleId, found: Found): void
  hasErrors(): boolean
}

/** A code with more findings than this is not worth listing further. */
const MAX_FINDINGS = 200

export function createReport(profile: Profile): Report {
  const findings: Finding[] = []
  let hasErrors = false
  return {
    findings,
    hasErrors: () => hasErrors,
    add(rule, found) {
      const { code, tolerated, texts } = RULES[rule]
      const severity = profile === 'tolerant' && (found.tolerated ?? tolerated) ? 'warning' : 'error'
      if (severity === 'error') hasErrors = true
      if (findings.length >= MAX_FINDINGS) return
      const [message, hint, messageEs, hintEs] = texts.map((text) => fill(text, found))
      findings.push({
        code,
        rule: found.object === undefined ? rule : `${rule}_${found.object}`,
        path: found.path,
        offset: found.offset,
        severity,
        message: message ?? '',
        hint: hint ?? '',
        messageEs: messageEs ?? '',
        hintEs: hintEs ?? '',
      })
    },
  }
}

/** What was found is shown, but not at any length: it comes from a stranger. */
const MAX_SHOWN = 40

function fill(text: string, found: Found): string {
  return text.replace(/\{(path|found|limit|object)\}/g, (_, name: 'path' | 'found' | 'limit' | 'object') => {
    const value = `${found[name] ?? ''}`
    return value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value
  })
}
