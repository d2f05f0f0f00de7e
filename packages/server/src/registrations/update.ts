import { PistoProblem, type UpdateConsumer, type UpdateMerchant, WrongStatus } from '@pisto/contract'
import type { Call } from '../platform/http/call.ts'
import { performFor } from '../platform/personal-data/perform-for.ts'
import { readyLists } from '../screening/screen-person.ts'
import { screenChange } from '../screening/screen-registration.ts'
import { keepBusinessName } from './business-names.ts'
import { withCardRead } from './card-lines.ts'
import { checkForm } from './check-form.ts'
import { settling } from './checks.ts'
import { type Edit, editedForm, givenBy } from './edit.ts'
import { abandoning } from './erasure/retention.ts'
import { flagged } from './flagging.ts'
import { holding, isHolding } from './holds.ts'
import { type Kind, seenAt } from './kinds.ts'
import { keepLikeness } from './likeness.ts'
import { mended } from './notices.ts'
import { replaceVerifications } from './phone-verification/store.ts'
import type { Registration } from './registration.ts'
import { ENTRY_TIER } from './requirements.ts'
import { requireOwnPhone } from './self-registration.ts'
import { getRegistration, type RegistrationDeps, rulesFor } from './service.ts'
import { takesEvidence, takesMore } from './states.ts'
import {
  claimDocuments,
  claimPhones,
  refuseDuplicates,
  releaseDocuments,
  releasePhones,
  uniqueKeysOf,
} from './uniqueness.ts'
import { requireMayReplace } from './verified-facts.ts'
import { editing } from './writes.ts'

/** What may be given while it is active: what the higher tiers ask for. */
const MORE: ReadonlySet<string> = new Set([
  ...['place', 'address', 'taxId', 'businessRegistration', 'beneficialOwners', 'metadata'],
])

/** Name and document of whoever is on tier 0 are theirs to give; once they were verified, they are a new registration's. */
const takes = ({ tier, review }: Registration, field: string): boolean =>
  MORE.has(field) || (field === 'person' && tier < ENTRY_TIER && review === null)

/**
 * Edits a draft, or mends what was returned: whatever is given again counts as mended, and is checked as at first. With
 * another phone, the code has to be confirmed anew. Whoever is let in already is screened by what they say anew, and held at
 * once where a list that blocks may have them.
 *
 * @throws {NotFound} this tenant has no such registration
 * @throws {WrongStatus} it takes nothing now
 * @throws {PistoProblem} `registration_invalid`, `document_duplicate`, `phone_duplicate`, `evidence_verified`
 */
export async function updateRegistration<A>(
  deps: RegistrationDeps,
  call: Call,
  kind: Kind<A>,
  id: string,
  body: UpdateMerchant | UpdateConsumer,
): Promise<A> {
  const edit: Edit = body
  await readyLists(deps, call.tenantId, deps.clock.now())
  return performFor<A>(deps, call, async ({ reader, ledgerTime }) => {
    const from = await getRegistration(deps, reader, call.tenantId, kind, id)
    const isMore = takesMore(from.status) && Object.keys(edit).every((field) => takes(from, field))
    if (!takesEvidence(from.status) && !isMore) throw new WrongStatus(kind.wrongStatus, { status: from.status })
    const rules = rulesFor(call, deps.clock.now())
    const checked = checkForm(editedForm(deps, from, edit), rules)
    if (!checked.valid) throw new PistoProblem('registration_invalid', {}, { errors: checked.errors })
    requireMayReplace(call, from, edit, checked.form)
    if (checked.form.phone !== from.phone) requireOwnPhone(deps, call, checked.form.phone)
    const edited = await flagged(reader, call.tenantId, {
      ...from,
      ...checked.form,
      metadata: edit.metadata ?? from.metadata,
      phoneConfirmation: checked.form.phone === from.phone ? from.phoneConfirmation : null,
      notice: mended(from.notice, givenBy(edit)),
      revision: from.revision + 1,
    })
    const read = edit.person === undefined ? edited : withCardRead(edited, rules.today)
    const settled = await settling(deps, reader, call.tenantId, read, ledgerTime)
    const { to } = settled
    const moment = { reader, tenantId: call.tenantId, time: ledgerTime }
    const screening = await screenChange(deps, moment, from, to)
    const type = `${kind.name}.updated` as const
    return {
      key: await deps.personalData.keyOf(reader, { tenantId: call.tenantId, personId: id }),
      purpose: type,
      references: { [`${kind.name}Id`]: id },
      events: [{ type, objectId: id, status: to.status }, ...settled.events, ...screening.events],
      companions: [
        ...(await claiming(deps, call.tenantId, { from, to }, (keys) =>
          refuseDuplicates(reader, call.tenantId, kind.name, keys),
        )),
        await editing(deps, reader, call.tenantId, { from, to }),
        ...(isMore ? keepBusinessName(to) : []),
        ...(isMore && to.tier > 0 ? keepLikeness(deps, call.tenantId, to) : []),
        ...settled.companions,
        ...screening.companions,
        ...holding(to, screening.case),
        ...abandoning(to, ledgerTime),
      ],
      answer: kind.show({ ...to, isHeld: to.isHeld || isHolding(screening.case) }, seenAt(call, ledgerTime)),
    }
  })
}

/** What commits where document or phone is another one: the new is claimed, the old is free again. */
async function claiming(
  deps: Pick<RegistrationDeps, 'personalData'>,
  tenantId: string,
  { from, to }: { readonly from: Registration; readonly to: Registration },
  refuseTaken: (keys: { readonly document: string | null; readonly phone: string | null }) => Promise<void>,
) {
  const { kind, id: registrationId } = to
  const [old, next] = [uniqueKeysOf(deps, tenantId, from), uniqueKeysOf(deps, tenantId, to)]
  const row = (value: string) => ({ kind, value, registrationId })
  const [document, isOtherPhone] = [old.document === next.document ? null : next.document, old.phone !== next.phone]
  await refuseTaken({ document, phone: isOtherPhone ? next.phone : null }) // what stays the same is this one's own
  return [
    ...(document !== null && old.document !== null ? [releaseDocuments.row(row(old.document))] : []),
    ...(document === null ? [] : [claimDocuments.row(row(document))]),
    ...(isOtherPhone
      ? [releasePhones.row(row(old.phone)), claimPhones.row(row(next.phone)), replaceVerifications.row(to)]
      : []),
  ]
}
