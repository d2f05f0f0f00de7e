import type { Plan } from '@pisto/ledger'
import { opening } from '../registrations/activation.ts'
import { keepBusinessName } from '../registrations/business-names.ts'
import type { CheckedForm } from '../registrations/check-form.ts'
import { findingOf } from '../registrations/findings.ts'
import type { Flag } from '../registrations/flags.ts'
import type { KindName } from '../registrations/kinds.ts'
import { keepLikeness } from '../registrations/likeness.ts'
import { findLimitGroups, type KnownGroups } from '../registrations/limit-groups.ts'
import type { DuplicateReason } from '../registrations/reasons.ts'
import type { Registration } from '../registrations/registration.ts'
import { ENTRY_TIER } from '../registrations/requirements.ts'
import { draftOf, type RegistrationDeps, rulesFor } from '../registrations/service.ts'
import { registering } from '../registrations/writes.ts'
import type { ScreeningMoment } from '../screening/screen-person.ts'
import { screenRegistration } from '../screening/screen-registration.ts'
import { type Candidate, decidedRow, type Importing } from './check-part.ts'
import { insertImportRows, type ROW_DECIDED } from './outcomes.ts'
import type { SharedLists } from './shared-lists.ts'

/** A candidate about to be registered. */
export interface Newcomer extends Candidate {
  readonly id: string
  readonly alias: string
  /** The person's limit groups as they were read for the whole turn. */
  readonly known: KnownGroups
  readonly flags: readonly Flag[]
}

/** @returns `active`; `inReview`: a list may have the person, or the registry has something else; or why not: another was quicker, or the row was decided. */
export async function decideRow(
  deps: RegistrationDeps,
  { tenantId, tenant, importId, kind: { name, registration: kind } }: Importing,
  { row, form, keys, id, alias, flags, ...read }: Newcomer,
  lists: SharedLists,
): Promise<Accepted | DuplicateReason | typeof ROW_DECIDED> {
  const accountId = deps.ids.next('acc')
  const request = { tenantId, clientId: 'import', operation: name, key: undefined, bodyHash: NO_BODY }
  let known: Promise<KnownGroups> | undefined = Promise.resolve(read.known)
  const decided = await deps.ledger.decide<Accepted>(request, async ({ ledgerTime, reader }) => {
    known ??= findLimitGroups(reader, tenantId, [keys]).then((groupsOf) => groupsOf(keys))
    const { policyVersion } = rulesFor({ tenant }, ledgerTime)
    const whose = { id, kind: kind.name, alias, accountId, now: ledgerTime, policyVersion }
    const person = { ...activePerson(form, whose), flags }
    const { status } = person
    const now = { reader, tenantId, time: ledgerTime }
    const moment = { ...now, lists: lists.at(now) }
    const registered = await registering(deps, tenantId, person, keys)
    const screening = await screenRegistration(deps, moment, person, 'registration', registered.key)
    const finding = findingOf(deps, person, screening.case !== undefined)
    if (finding !== null) return reviewed(deps, moment, kind, { ...person, finding }, { importId, row })
    const opened = await opening(deps, reader, { tenant, tenantId }, kind, person, { keys, known: await known })
    known = undefined // whoever plans again was refused on what was read before
    return {
      purpose: `${kind.name}.imported`,
      references: { [`${kind.name}Id`]: id, accountId, importId },
      ...opened,
      events: [kind.created, kind.activated].map((type) => ({ type, objectId: id, status })),
      companions: [
        insertImportRows.row({ ...decidedRow(importId, row), outcome: 'active', registrationId: id }),
        ...registered.companions,
        ...screening.companions,
        ...opened.companions,
      ],
      answer: 'active',
    }
  })
  return decided.ok ? decided.answer : (decided.refusal.code as DuplicateReason | typeof ROW_DECIDED)
}

/** What an accepted row becomes. */
type Accepted = 'active' | 'inReview'

/** In whose way something is that people must look at waits for them, without an account. */
async function reviewed(
  deps: RegistrationDeps,
  moment: ScreeningMoment,
  kind: Importing['kind']['registration'],
  active: Registration,
  { importId, row }: { readonly importId: string; readonly row: Candidate['row'] },
): Promise<Plan<Accepted>> {
  const person: Registration = {
    ...active,
    ...{ status: 'inReview', tier: 0, accountId: null },
    review: { openedAt: moment.time, assignedTo: null, proposal: null },
  }
  const { id, status } = person
  const { key, companions } = await registering(deps, moment.tenantId, person)
  const screening = await screenRegistration(deps, moment, person, 'registration', key)
  const types = [kind.created, `${kind.name}.submitted`]
  return {
    purpose: `${kind.name}.imported`,
    references: { [`${kind.name}Id`]: id, importId },
    events: [...types.map((type) => ({ type, objectId: id, status })), ...screening.events],
    companions: [
      insertImportRows.row({ ...decidedRow(importId, row), outcome: 'inReview', registrationId: id }),
      ...companions,
      ...keepBusinessName(person),
      ...keepLikeness(deps, moment.tenantId, person),
      ...screening.companions,
    ],
    answer: 'inReview',
  }
}

const NO_BODY = new Uint8Array()

interface Activation {
  readonly id: string
  readonly kind: KindName
  readonly alias: string
  readonly accountId: string
  readonly now: Date
  readonly policyVersion: string
}

/** Submitted and activated in the moment it is registered: the tenant attests what a draft would still have to show. */
function activePerson(form: CheckedForm, { id, kind, alias, accountId, now, policyVersion }: Activation) {
  return {
    ...draftOf(form, { id, kind, policyVersion }),
    status: 'active',
    tier: ENTRY_TIER,
    phoneConfirmation: { at: now, by: 'attested' },
    accountId,
    alias,
    metadata: {},
    createdAt: now,
  } satisfies Registration
}
