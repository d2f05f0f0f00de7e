import type { ImportRow, MerchantRow } from '@pisto/contract'
import { MERCHANT } from '../merchants/merchant.ts'
import type { Call } from '../platform/http/call.ts'
import { toProblem } from '../platform/perform.ts'
import { releaseAliases, reserveAliases } from '../registrations/aliases.ts'
import { findLookAlikes, keepBusinessName } from '../registrations/business-names.ts'
import { type CheckedForm, checkForm } from '../registrations/check-form.ts'
import type { Flag } from '../registrations/flags.ts'
import { findLimitGroups, limitPerson } from '../registrations/limit-groups.ts'
import type { DuplicateReason } from '../registrations/reasons.ts'
import type { Registration } from '../registrations/registration.ts'
import { ENTRY_TIER } from '../registrations/requirements.ts'
import { draftOf, type RegistrationDeps, rulesFor } from '../registrations/service.ts'
import { findTaken, type UniqueKeys, uniqueKeysOf } from '../registrations/uniqueness.ts'
import { registering, walletOf } from '../registrations/writes.ts'
import { formFrom, storableId } from './merchant-row.ts'
import { type DecidedRow, findImportRows, insertImportRows, ROW_DECIDED, recordRefusedRows } from './store.ts'
import { inTurns } from './turns.ts'

/** A row without a mistake of its own: only another registration can stand in its way. */
interface Candidate {
  readonly row: MerchantRow
  readonly form: CheckedForm
  readonly keys: UniqueKeys
}

/** A candidate about to be registered. */
interface Newcomer extends Candidate {
  readonly id: string
  readonly alias: string
  /** The person's limit group as it was read for the whole turn. */
  readonly limitGroupId: string | undefined
  readonly flags: readonly Flag[]
}

/**
 * Decides rows that were not decided before, each once for ever: an accepted row commits with its merchant, account
 * and events, a refused one keeps its reason. May be cut short at any moment and called again with the same rows.
 *
 * @returns Every row with the outcome that is stored, by number.
 */
export async function decideRows(
  deps: RegistrationDeps,
  call: Call,
  importId: string,
  rows: readonly MerchantRow[],
): Promise<Map<number, ImportRow>> {
  const numbers = rows.map(({ row }) => row)
  const known = await findImportRows(deps.db, call.tenantId, importId, numbers)
  const fresh = new Map<number, MerchantRow>()
  for (const row of rows) if (!known.has(row.row) && !fresh.has(row.row)) fresh.set(row.row, row)
  if (fresh.size === 0) return known

  const candidates = await refuseMistaken(
    deps,
    call,
    importId,
    [...fresh.values()].sort((a, b) => a.row - b.row),
  )
  for (const turn of inTurns(candidates, ({ keys }) => keys)) await decideTurn(deps, call, importId, turn)
  return findImportRows(deps.db, call.tenantId, importId, numbers)
}

/** Notes the rows that have mistakes, by the first of each. @returns The others. */
async function refuseMistaken(
  deps: RegistrationDeps,
  call: Call,
  importId: string,
  rows: readonly MerchantRow[],
): Promise<Candidate[]> {
  const now = deps.clock.now()
  const rules = rulesFor(call, now)
  const candidates: Candidate[] = []
  const refused: DecidedRow[] = []
  for (const row of rows) {
    const check = checkForm(formFrom(row, now), rules)
    if (check.valid) candidates.push({ row, form: check.form, keys: uniqueKeysOf(deps, call.tenantId, check.form) })
    else refused.push(refusedRow(importId, row, check.errors[0].code))
  }
  await recordRefusedRows(deps.db, call.tenantId, refused)
  return candidates
}

/** Decides rows that have nothing in common, all at once: the ledger writes them in few batches. */
async function decideTurn(
  deps: RegistrationDeps,
  call: Call,
  importId: string,
  turn: readonly Candidate[],
): Promise<void> {
  const keys = turn.map((candidate) => candidate.keys)
  const taken = await findTaken(deps.db, call.tenantId, 'merchant', keys)
  const documents = keys.map(({ document }) => document)
  const limitGroups = await findLimitGroups(deps.db, call.tenantId, documents)
  const refused: DecidedRow[] = []
  const merchants = new Map<string, Candidate>()
  for (const candidate of turn) {
    const reason = duplicateReason(candidate.keys, taken)
    if (reason) refused.push(refusedRow(importId, candidate.row, reason))
    else merchants.set(deps.ids.next(MERCHANT.prefix), candidate)
  }
  const owners = { tenantId: call.tenantId, kind: MERCHANT.name, registrationIds: [...merchants.keys()] }
  const aliases = await reserveAliases(deps, owners)
  const businesses = [...merchants].flatMap(([id, { form }]) => (form.business ? [[id, form.business] as const] : []))
  const lookAlikes = await findLookAlikes(deps.db, call.tenantId, new Map(businesses))
  const unused: string[] = []

  const decisions = await Promise.allSettled(
    [...merchants].map(async ([id, candidate]) => {
      const alias = aliases.get(id) ?? ''
      const limitGroupId = limitGroups.get(candidate.keys.document)
      const flag = lookAlikes.get(id)
      const newcomer = { ...candidate, id, alias, limitGroupId, flags: flag === undefined ? [] : [flag] }
      const outcome = await registerRow(deps, call, importId, newcomer)
      if (outcome === 'active') return
      unused.push(alias)
      if (outcome !== ROW_DECIDED) refused.push(refusedRow(importId, candidate.row, outcome))
    }),
  )
  await recordRefusedRows(deps.db, call.tenantId, refused)
  await releaseAliases(deps.db, unused)
  const failed = decisions.find((decision) => decision.status === 'rejected')
  if (failed) throw toProblem(failed.reason)
}

/** @returns `active`, or why not: another registration was quicker, or this row was decided meanwhile. */
async function registerRow(
  deps: RegistrationDeps,
  call: Call,
  importId: string,
  { row, form, keys: { document: documentKey }, id, alias, limitGroupId, flags }: Newcomer,
): Promise<'active' | DuplicateReason | typeof ROW_DECIDED> {
  const { tenantId, clientId, operation, bodyHash } = call
  const accountId = deps.ids.next('acc')
  const request = { tenantId, clientId, operation, key: undefined, bodyHash }
  let known: Promise<string | undefined> | undefined = Promise.resolve(limitGroupId)
  const decided = await deps.ledger.decide(request, async ({ ledgerTime, reader }) => {
    known ??= findLimitGroups(reader, tenantId, [documentKey]).then((found) => found.get(documentKey))
    const { policyVersion } = rulesFor(call, ledgerTime)
    const merchant = { ...activeMerchant(form, { id, alias, accountId, now: ledgerTime, policyVersion }), flags }
    const { status } = merchant
    const limited = limitPerson(deps.ids, { ...merchant, registrationId: id, documentKey }, await known)
    known = undefined // whoever plans again was refused on what was read before
    return {
      purpose: 'merchant.imported',
      references: { merchantId: id, accountId, importId },
      limitGroups: limited.limitGroups,
      accounts: [walletOf(MERCHANT, call.tenant, { ownerId: id, accountId, ...limited })],
      events: [MERCHANT.created, MERCHANT.activated].map((type) => ({ type, objectId: id, status })),
      companions: [
        insertImportRows.row({ ...decidedRow(importId, row), outcome: 'active', merchantId: id }),
        ...(await registering(deps, tenantId, merchant)).companions,
        ...keepBusinessName(merchant),
        ...limited.companions,
      ],
      answer: null,
    }
  })
  return decided.ok ? 'active' : (decided.refusal.code as DuplicateReason | typeof ROW_DECIDED)
}

/** Submitted and activated in the moment it is registered: the tenant attests what a draft would still have to show. */
function activeMerchant(
  form: CheckedForm,
  of: { id: string; alias: string; accountId: string; now: Date; policyVersion: string },
): Registration {
  const { id, alias, accountId, now, policyVersion } = of
  return {
    ...draftOf(form, { id, kind: MERCHANT.name, policyVersion }),
    status: 'active',
    tier: ENTRY_TIER,
    phoneConfirmation: { at: now, by: 'attested' },
    accountId,
    alias,
    metadata: {},
    createdAt: now,
  }
}

const decidedRow = (importId: string, { row, externalId }: MerchantRow) => ({
  importId,
  row,
  externalId: storableId(externalId),
})

const refusedRow = (importId: string, row: MerchantRow, outcome: string): DecidedRow => ({
  ...decidedRow(importId, row),
  outcome,
  merchantId: null,
})

function duplicateReason(keys: UniqueKeys, taken: Awaited<ReturnType<typeof findTaken>>): DuplicateReason | undefined {
  if (taken.documents.has(keys.document)) return 'document_duplicate'
  return taken.phones.has(keys.phone) ? 'phone_duplicate' : undefined
}
