import { type Finding, type Found, Report } from './finding.ts'
import type { RuleId } from './rules.ts'

/** A code that cannot be written: `findings` say what the specification forbids about it. */
export class InvalidCode extends Error {
  override readonly name = 'InvalidCode' // a literal: survives minification
  readonly findings: readonly Finding[]

  constructor(findings: readonly Finding[]) {
    super(findings.map(({ rule }) => rule).join(' '))
    this.findings = findings
  }

  /** For one thing that is wrong before there is a code to read. */
  static because(rule: RuleId, found: Omit<Found, 'offset'>): InvalidCode {
    const report = new Report('strict')
    report.add(rule, { ...found, offset: 0 })
    return new InvalidCode(report.findings)
  }
}
