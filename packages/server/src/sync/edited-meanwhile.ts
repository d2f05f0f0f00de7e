import { PistoProblem } from '@pisto/contract'
import { canonicalJson } from '@pisto/proof'
import type { Call } from '../platform/http/call.ts'
import { checkForm } from '../registrations/check-form.ts'
import { type Edit, editedForm } from '../registrations/edit.ts'
import type { Registration } from '../registrations/registration.ts'
import { type RegistrationDeps, rulesFor } from '../registrations/service.ts'
import { takesEvidence } from '../registrations/states.ts'

/** What the fields of an edit are in a form: the consent's time differs each time and is nobody's edit. */
const FIELDS = {
  tradeName: (r: Comparable) => r.business?.tradeName ?? null,
  categoryCode: (r: Comparable) => r.business?.categoryCode ?? null,
  place: (r: Comparable) => r.business?.municipality ?? null,
  phone: (r: Comparable) => r.phone,
  locale: (r: Comparable) => r.locale,
  person: (r: Comparable) => r.person,
  externalId: (r: Comparable) => r.externalId,
} as const
type Comparable = Pick<Registration, 'business' | 'phone' | 'locale' | 'person' | 'externalId'>

/**
 * Refuses an edit of what somebody else has edited since: a field conflicts when it is not any more what the person at
 * the device saw, and not what they make of it either. Edits of different fields both hold.
 *
 * @param base What the edited fields were when the person edited them, in any spelling; a field left out is not compared.
 * @throws {PistoProblem} `registration_edited` with `fields`
 */
export function refuseEditedMeanwhile(
  deps: Pick<RegistrationDeps, 'clock' | 'systemClock'>,
  call: Pick<Call, 'tenant'>,
  theirs: Registration,
  { base, edit }: { readonly base: Edit; readonly edit: Edit },
): void {
  if (!takesEvidence(theirs.status)) return // its status refuses it
  const rules = rulesFor(call, deps.clock.now())
  const holds = (name: keyof typeof FIELDS, change: Edit): boolean => {
    const checked = checkForm(editedForm(deps, theirs, { [name]: change[name] }), rules)
    return checked.valid && canonicalJson(FIELDS[name](checked.form)) === canonicalJson(FIELDS[name](theirs))
  }
  const names = (Object.keys(FIELDS) as (keyof typeof FIELDS)[]).filter((name) => name in base && name in edit)
  const fields: string[] = names.filter((name) => !holds(name, base) && !holds(name, edit))
  if (base.metadata && edit.metadata) {
    const [was, mine, now] = [base.metadata, edit.metadata, theirs.metadata].map((notes) => canonicalJson({ ...notes }))
    if (now !== was && now !== mine) fields.push('metadata')
  }
  if (fields.length > 0) throw new PistoProblem('registration_edited', { fields: fields.join(', ') })
}
