import { decideDue } from '../platform/due/decide-due.ts'
import type { DueHandler, DueItem } from '../platform/due/due.ts'
import type { PersonKey } from '../platform/personal-data/person-key.ts'
import type { RegistrationDeps } from '../registrations/service.ts'
import type { TenantDirectory } from '../tenants/directory.ts'
import { type CheckedPart, checkPart, type Importing } from './check-part.ts'
import { SliceOfParts, startPart } from './decide-part.ts'
import { IMPORT_KINDS } from './kinds.ts'
import { findNextPart, finishPart } from './parts.ts'
import { completeImports, findImport, forgetUnreceived } from './store.ts'

export interface ImportWorkerDeps extends RegistrationDeps {
  readonly tenants: Pick<TenantDirectory, 'get'>
}

/** A slice is over well before another worker would take it for abandoned. */
const SLICE_MS = 10_000
/** Parts that are decided while the one before them is written: so that neither process nor database waits. */
const AHEAD = 2

/** Decides the rows of imports in the background, and forgets files that never came to their end. */
export const importDueHandlers = (deps: ImportWorkerDeps): Readonly<Record<string, DueHandler>> => ({
  'import.execute': Object.assign((item: DueItem, signal: AbortSignal) => execute(deps, item, signal), {
    takesLong: true,
  }),
  'import.forget': ({ tenantId, reference }) => forgetUnreceived(deps.db, tenantId, reference),
})

/**
 * Decides part after part for a slice of time, some while those before them are written. It may be cut short at any moment:
 * a row that was decided stays so, and the next slice, here or in another process, goes on with the others.
 */
async function execute(deps: ImportWorkerDeps, item: DueItem, signal: AbortSignal): Promise<'unfinished' | undefined> {
  const { db, systemClock, tenants } = deps
  const { tenantId, reference: id } = item
  const [found, tenant] = await Promise.all([findImport(db, tenantId, id), tenants.get(tenantId)])
  if (found?.status !== 'running' || tenant === undefined) return
  const key = await deps.personalData.keyOf(db, { tenantId, personId: id })
  const importing = { tenantId, tenant, importId: id, kind: IMPORT_KINDS[found.kind], key }
  const untilMs = systemClock.now().getTime() + SLICE_MS

  const slice = new SliceOfParts()
  let isLast = false
  /** Waits for parts in their order, until so many are left. */
  const settle = async (left: number): Promise<void> => {
    for (const { part, decided } of slice.atWork.slice(0, Math.max(0, slice.atWork.length - left))) {
      await decided
      await finishPart(db, tenantId, id, part)
      slice.atWork.shift()
    }
  }
  try {
    let next = prepare(deps, importing, 0)
    for (let part = await next; part !== undefined; part = await next) {
      isLast = signal.aborted || systemClock.now().getTime() >= untilMs
      next = isLast ? Promise.resolve(undefined) : prepare(deps, importing, part.number)
      next.catch(() => undefined) // told when it is waited for
      await startPart(deps, importing, part, slice)
      await settle(AHEAD)
    }
    await settle(0)
  } finally {
    await Promise.allSettled(slice.atWork.map(({ decided }) => decided)) // nothing goes on in the background
  }
  if (isLast) return 'unfinished'
  await complete(deps, item)
  return undefined
}

/** Reads and checks a part while the one before it is written. */
async function prepare(
  deps: ImportWorkerDeps,
  importing: Importing & { readonly key: PersonKey },
  after: number,
): Promise<CheckedPart | undefined> {
  const part = await findNextPart(deps.db, importing.key, after)
  return part && checkPart(deps, importing, part)
}

const complete = ({ ledger }: ImportWorkerDeps, item: DueItem): Promise<void> =>
  decideDue(ledger, item, async () => ({
    purpose: 'import.completed',
    references: { importId: item.reference },
    events: [{ type: 'import.completed', objectId: item.reference, status: 'completed' }],
    companions: [completeImports.row(item.reference)],
    answer: null,
  }))
