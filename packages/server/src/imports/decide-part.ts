import { toProblem } from '../platform/perform.ts'
import { releaseAliases, reserveAliases } from '../registrations/aliases.ts'
import { EarlierNames, findLookAlikes } from '../registrations/business-names.ts'
import { findLimitGroups } from '../registrations/limit-groups.ts'
import type { DuplicateReason } from '../registrations/reasons.ts'
import { isIdentified } from '../registrations/registration.ts'
import type { RegistrationDeps } from '../registrations/service.ts'
import { EarlierPeople, findSimilarPersons } from '../registrations/similar-persons.ts'
import { findTaken, type UniqueKeys } from '../registrations/uniqueness.ts'
import { readyLists } from '../screening/screen-person.ts'
import { type Candidate, type CheckedPart, type Importing, refusedRow } from './check-part.ts'
import { decideRow } from './decide-row.ts'
import { type DecidedRow, findDecidedNumbers, ROW_DECIDED, recordRefusedRows } from './outcomes.ts'
import { SharedLists } from './shared-lists.ts'
import { inTurns, type KeysOfRows, keysOfRow } from './turns.ts'

/** What is known of the rows that a slice of time decides. */
export class SliceOfParts {
  readonly names = new EarlierNames()
  readonly people = new EarlierPeople()
  /** Parts that are being decided, in the order of the file. */
  readonly atWork: PartAtWork[] = []
}

/** A part whose rows are being decided. */
interface PartAtWork {
  readonly part: CheckedPart
  readonly keys: KeysOfRows
  /** Settles when all of its rows have an outcome, or one of them has failed and none is under way any more. */
  readonly decided: Promise<void>
}

/**
 * Begins to decide the rows of a part that were not decided before, each once for ever: an accepted row commits with its
 * registration, account and events, a refused one keeps its reason. May be cut short at any moment and called again.
 *
 * @param slice The rows of parts at work win, and are compared with; this one joins them.
 * @returns When what can be decided at once is with the ledger, so that it has work while the next part is read.
 */
export async function startPart(
  deps: RegistrationDeps,
  importing: Importing,
  part: CheckedPart,
  slice: SliceOfParts,
): Promise<void> {
  const { tenantId, importId } = importing
  const range = [part.rows[0]?.row ?? 0, part.rows.at(-1)?.row ?? 0] as const
  const [decided] = await Promise.all([
    findDecidedNumbers(deps.db, tenantId, importId, range),
    readyLists(deps, tenantId, deps.clock.now()),
  ])
  const refused = part.refused.filter(({ row }) => !decided.has(row))
  const fresh = part.candidates.filter(({ row }) => !decided.has(row.row))
  const [first = [], ...others] = inTurns(fresh, ({ keys }) => keys, {
    has: (key) => slice.atWork.some(({ keys }) => keys.has(key)),
  })
  const lists = new SharedLists()
  const [begun] = await Promise.all([
    startTurn(deps, importing, first, slice, lists),
    recordRefusedRows(deps.db, tenantId, refused),
  ])
  const before = slice.atWork.map((each) => each.decided)
  const finish = async (): Promise<void> => {
    await begun.decided
    if (others.length > 0) await Promise.all(before)
    for (const turn of others) await (await startTurn(deps, importing, turn, slice, lists)).decided
  }
  const finished = finish()
  finished.catch(() => undefined) // told when it is waited for
  const keys = new Set(fresh.flatMap((candidate) => keysOfRow(candidate.keys)))
  slice.atWork.push({ part, keys, decided: finished })
}

/** Hands rows that have nothing in common to the ledger all at once: it writes them in few batches. */
async function startTurn(
  deps: RegistrationDeps,
  importing: Importing,
  turn: readonly Candidate[],
  { names, people }: SliceOfParts,
  lists: SharedLists,
): Promise<{ readonly decided: Promise<void> }> {
  const { tenantId, importId, kind } = importing
  if (turn.length === 0) return { decided: Promise.resolve() }
  const keys = turn.map((candidate) => candidate.keys)
  const [taken, limitGroups] = await Promise.all([
    findTaken(deps.db, tenantId, kind.registration.name, keys),
    findLimitGroups(deps.db, tenantId, keys),
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
  const arriving = [...newcomers].flatMap(
    ([
      id,
      {
        form: { person, business },
      },
    ]) => (isIdentified(person) ? [{ person, business, id, kind: kind.registration.name }] : []),
  )
  const [aliases, lookAlikes, similar] = await Promise.all([
    reserveAliases(deps, owners),
    findLookAlikes(deps.db, tenantId, new Map(businesses), names),
    findSimilarPersons(deps, deps.db, tenantId, arriving, people),
  ])
  const unused: string[] = []

  const decide = async (id: string, candidate: Candidate): Promise<void> => {
    const alias = aliases.get(id) ?? ''
    const known = limitGroups(candidate.keys)
    const flags = [lookAlikes.get(id), similar.get(id)].filter((flag) => flag !== undefined)
    const newcomer = { ...candidate, id, alias, known, flags }
    const outcome = await decideRow(deps, importing, newcomer, lists)
    if (outcome === 'active' || outcome === 'inReview') return
    unused.push(alias)
    if (outcome !== ROW_DECIDED) refused.push(refusedRow(importId, candidate.row, outcome))
  }
  const finish = async (decisions: readonly Promise<void>[]): Promise<void> => {
    const settled = await Promise.allSettled(decisions)
    await recordRefusedRows(deps.db, tenantId, refused)
    await releaseAliases(deps.db, unused)
    const failed = settled.find((decision) => decision.status === 'rejected')
    if (failed) throw toProblem(failed.reason)
  }
  const decided = finish([...newcomers].map(([id, candidate]) => decide(id, candidate)))
  decided.catch(() => undefined) // told when it is waited for
  return { decided }
}

function duplicateReason(keys: UniqueKeys, taken: Awaited<ReturnType<typeof findTaken>>): DuplicateReason | undefined {
  if (keys.document !== null && taken.documents.has(keys.document)) return 'document_duplicate'
  return taken.phones.has(keys.phone) ? 'phone_duplicate' : undefined
}
