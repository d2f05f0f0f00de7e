import { type CodeKind, type CodeObject, codeObjects, kindOf } from './code-objects.ts'
import { parseConsumer } from './consumer.ts'
import type { ConsumerFields } from './consumer-fields.ts'
import { type ExplainedFinding, explain } from './explain.ts'
import type { MerchantFields } from './fields.ts'
import type { Profile } from './finding.ts'
import { parse } from './parse.ts'

/** Everything about one code: what it says, and each thing that is wrong with rule, place, reason and mend. */
export type Diagnosis = {
  /** Whether no finding is an error. */
  readonly ok: boolean
  /** In the order in which they matter: the first error is the one to show. */
  readonly findings: readonly ExplainedFinding[]
  /** Plain values with their places, as far as the code can be read. */
  readonly objects: readonly CodeObject[]
} & (
  | { readonly kind: 'merchantPresented'; readonly fields: Partial<MerchantFields> }
  | { readonly kind: 'consumerPresented'; readonly fields: ConsumerFields | undefined }
)

/**
 * Reads any payment code and explains what is wrong with it. Never throws, for any text.
 *
 * @param payload As scanned: of a shop, or of a payer's wallet; which of them is told by how it begins.
 * @param options.profile Of shops' codes, as for `parse`; payers' codes have one profile.
 * @example
 * diagnose('00020101021126250008gt.pisto…').findings.map(({ rule, message, hint }) => …)
 */
export function diagnose(payload: string, options: { readonly profile?: Profile } = {}): Diagnosis {
  const kind: CodeKind = kindOf(payload)
  const objects = codeObjects(payload)
  if (kind === 'consumerPresented') {
    const code = parseConsumer(payload)
    const findings = code.findings.map((finding) => explain(finding))
    return { kind, ok: code.ok, fields: code.ok ? code.fields : undefined, findings, objects }
  }
  const { ok, fields, findings } = parse(payload, options)
  return { kind, ok, fields, findings: findings.map((finding) => explain(finding)), objects }
}
