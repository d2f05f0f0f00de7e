import { PistoProblem } from '@pisto/contract'
import { canonicalJson } from '@pisto/proof'
import type { Call } from '../platform/http/call.ts'
import type { Dossier } from './dossier.ts'
import { type Edit, givenBy } from './edit.ts'
import { errorsOf } from './notices.ts'
import { policyOf, tierOf } from './policy/policy.ts'
import type { Registration } from './registration.ts'
import { takesMore } from './states.ts'

/** Who a business is, which operators verify for its tier. */
const VERIFIED = ['taxId', 'businessRegistration', 'beneficialOwners'] as const satisfies readonly (keyof Dossier)[]

/**
 * What operators verified for the present tier is not its owner's to replace alone: two looked at these owners, nobody at
 * the next. A program of the institution may, and whatever is asked for again is given as before.
 *
 * @throws {PistoProblem} `evidence_verified`
 */
export function requireMayReplace(
  { person }: Pick<Call, 'person'>,
  from: Registration,
  edit: Edit,
  { dossier }: Pick<Registration, 'dossier'>,
): void {
  if (person === undefined || !takesMore(from.status)) return
  const asked = new Set<string>(tierOf(policyOf(from), from.tier)?.evidence)
  const owed = [...from.demands, ...errorsOf(from.notice?.due ?? [])].map(({ requirement }): string => requirement)
  const given = givenBy(edit)
  const replaced = VERIFIED.filter((field) => given.has(field) && isOther(from.dossier[field], dossier[field]))
  const refused = replaced.filter((field) => asked.has(field) && !owed.includes(field))
  if (refused.length > 0) throw new PistoProblem('evidence_verified', { evidence: refused.join(', ') })
}

/** What was given by a document alone may be written down, too. */
const isOther = (before: Dossier[keyof Dossier], after: Dossier[keyof Dossier]): boolean =>
  before !== null && canonicalJson(before) !== '[]' && canonicalJson(before) !== canonicalJson(after)
