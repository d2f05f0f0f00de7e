import type { Plan } from '@pisto/ledger'
import { toProblem } from '../platform/perform.ts'
import { releaseAliases, reserveAliases } from '../registrations/aliases.ts'
import { findLookAlikes, keepBusinessName } from '../registrations/business-names.ts'
import type { CheckedForm } from '../registrations/check-form.ts'
import type { Flag } from '../registrations/flags.ts'
import type { KindName } from '../registrations/kinds.ts'
import { findLimitGroups, limitPerson } from '../registrations/limit-groups.ts'
import type { DuplicateReason } from '../registrations/reasons.ts'
import type { Registration } from '../registrations/registration.ts'
import { ENTRY_TIER } from '../registrations/requirements.ts'
import { draftOf, type RegistrationDeps, rulesFor } from '../registrations/service.ts'
import { findTaken, type UniqueKeys } from '../registrations/uniqueness.ts'
import { registering, walletOf } from '../registrations/writes.ts'
import { readyLists, type ScreeningMoment } from '../screening/screen-person.ts'
import { screenRegistration } from '../screening/screen-registration.ts'
import { type Candidate, type CheckedPart, decidedRow, type Importing, refusedRow } from './check-part.ts'
import { type DecidedRow, findDecidedNumbers, insertImportRows, ROW_DECIDED, recordRefusedRows } from './outcomes.ts'
import { SharedReading } from './shared-reading.ts'
import { inTurns } from './turns.ts'

/** A candidate about to be registered. */
interface Newcomer extends Candidate {
  readonly id: string
  readonly alias: string
  /** The person's limit group as it was read for the whole turn. */
  readonly limitGroupId: string | undefined
  readonly flags: readonly Flag[]
  /** Asks once what all plans of a batch ask alike. */
  readonly reading: SharedReading
}

/**
 * Decides the rows of a part that were not decided before, each once for ever: an accepted row commits with its
 * registration, account and events, a refused one keeps its reason. May be cut short at any moment and called again.
 */
export async function decidePart(deps: RegistrationDeps, importing: Importing, part: CheckedPart): Promise<void> {
  const { tenantId, importId } = importing
  const range = [part.rows[0]?.row ?? 0, part.rows.at(-1)?.row ?? 0] as const
  await readyLists(deps, tenantId, deps.clock.now())
  const decided = await findDecidedNumbers(deps.db, tenantId, importId, range)
  const refused = part.refused.filter(({ row }) => !decided.has(row))
  await recordRefusedRows(deps.db, tenantId, refused)
  const fresh = part.candidates.filter(({ row }) => !decided.has(row.row))
  for (const turn of inTurns(fresh, ({ keys }) => keys)) await decideTurn(deps, importing, turn)
}

/** Decides rows that have nothing in common, all at once: the ledger writes them in few batches. */
async function decideTurn(deps: RegistrationDeps, importing: Importing, turn: readonly Candidate[]): Promise<void> {
  const { tenantId, importId, kind } = importing
  const keys = turn.map((candidate) => candidate.keys)
  const documents = keys.map(({ document }) => document)
  const [taken, limitGroups] = await Promise.all([
    findTaken(deps.db, tenantId, kind.registration.name, keys),
    findLimitGroups(deps.db, tenantId, documents),
  ])
  const refused: DecidedRow[] = []
  const newcomers = new Map<string, Candidate>()
  for (const candidate of turn) {
    const reason = duplicateReason(candidate.keys, taken)
    if (reason) refused.push(refusedRow(importId, candidate.row, reason))
    else newcomers.set(deps.ids.next(kind.registration.prefix), candidate)
  }
  const owners = { tenantId, kind: kind.registration.name, registrationIds: [...newcomers.keys()] }
  const businesses = [...newcomers].flatMap(([id, { form }]) => (form.business ? [[id, form.business] as const] : []))
  const [aliases, lookAlikes] = await Promise.all([
    reserveAliases(deps, owners),
    findLookAlikes(deps.db, tenantId, new Map(businesses)),
  ])
  const unused: string[] = []
  const reading = new SharedReading()

  const decisions = await Promise.allSettled(
    [...newcomers].map(async ([id, candidate]) => {
      const alias = aliases.get(id) ?? ''
      const limitGroupId = limitGroups.get(candidate.keys.document)
      const flag = lookAlikes.get(id)
      const newcomer = { ...candidate, id, alias, limitGroupId, flags: flag === undefined ? [] : [flag], reading }
      const outcome = await register(deps, importing, newcomer)
      if (outcome === 'active' || outcome === 'inReview') return
      unused.push(alias)
      if (outcome !== ROW_DECIDED) refused.push(refusedRow(importId, candidate.row, outcome))
    }),
  )
  await recordRefusedRows(deps.db, tenantId, refused)
  await releaseAliases(deps.db, unused)
  const failed = decisions.find((decision) => decision.status === 'rejected')
  if (failed) throw toProblem(failed.reason)
}

/** @returns `active`, `inReview`: a list may have the person; or why not: another was quicker, or the row was decided. */
async function register(
  deps: RegistrationDeps,
  { tenantId, tenant, importId, kind: { name, registration: kind } }: Importing,
  { row, form, keys: { document: documentKey }, id, alias, limitGroupId, flags, reading }: Newcomer,
): Promise<Accepted | DuplicateReason | typeof ROW_DECIDED> {
  const accountId = deps.ids.next('acc')
  const request = { tenantId, clientId: 'import', operation: name, key: undefined, bodyHash: NO_BODY }
  let known: Promise<string | undefined> | undefined = Promise.resolve(limitGroupId)
  const decided = await deps.ledger.decide<Accepted>(request, async ({ ledgerTime, reader }) => {
    known ??= findLimitGroups(reader, tenantId, [documentKey]).then((found) => found.get(documentKey))
    const { policyVersion } = rulesFor({ tenant }, ledgerTime)
    const whose = { id, kind: kind.name, alias, accountId, now: ledgerTime, policyVersion }
    const person = { ...activePerson(form, whose), flags }
    const { status } = person
    const moment = { reader: reading.through(reader, ledgerTime), tenantId, time: ledgerTime }
    const registered = await registering(deps, tenantId, person)
    const screening = await screenRegistration(deps, moment, person, 'registration', registered.key)
    if (screening.case !== undefined) return reviewed(deps, moment, kind, person, { importId, row })
    const limited = limitPerson(deps.ids, { ...person, registrationId: id, documentKey }, await known)
    known = undefined // whoever plans again was refused on what was read before
    return {
      purpose: `${kind.name}.imported`,
      references: { [`${kind.name}Id`]: id, accountId, importId },
      limitGroups: limited.limitGroups,
      accounts: [walletOf(kind, tenant, { ownerId: id, accountId, ...limited })],
      events: [kind.created, kind.activated].map((type) => ({ type, objectId: id, status })),
      companions: [
        insertImportRows.row({ ...decidedRow(importId, row), outcome: 'active', registrationId: id }),
        ...registered.companions,
        ...screening.companions,
        ...keepBusinessName(person),
        ...limited.companions,
      ],
      answer: 'active',
    }
  })
  return decided.ok ? decided.answer : (decided.refusal.code as DuplicateReason | typeof ROW_DECIDED)
}

/** What an accepted row becomes. */
type Accepted = 'active' | 'inReview'

/** Whom a list may have waits for people, without an account. */
async function reviewed(
  deps: RegistrationDeps,
  moment: ScreeningMoment,
  kind: Importing['kind']['registration'],
  active: Registration,
  { importId, row }: { readonly importId: string; readonly row: Candidate['row'] },
): Promise<Plan<Accepted>> {
  const person: Registration = {
    ...active,
    ...{ status: 'inReview', tier: 0, accountId: null, finding: 'possibleMatch' },
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
function activePerson(form: CheckedForm, { id, kind, alias, accountId, now, policyVersion }: Activation): Registration {
  return {
    ...draftOf(form, { id, kind, policyVersion }),
    status: 'active',
    tier: ENTRY_TIER,
    phoneConfirmation: { at: now, by: 'attested' },
    accountId,
    alias,
    metadata: {},
    createdAt: now,
  }
}

function duplicateReason(keys: UniqueKeys, taken: Awaited<ReturnType<typeof findTaken>>): DuplicateReason | undefined {
  if (taken.documents.has(keys.document)) return 'document_duplicate'
  return taken.phones.has(keys.phone) ? 'phone_duplicate' : undefined
}
