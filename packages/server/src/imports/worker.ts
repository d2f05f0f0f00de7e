import type { DueHandler, DueItem } from '../platform/due/due.ts'
import type { PersonKey } from '../platform/personal-data/person-key.ts'
import type { RegistrationDeps } from '../registrations/service.ts'
import type { TenantDirectory } from '../tenants/directory.ts'
import { type CheckedPart, checkPart, type Importing } from './check-part.ts'
import { type PartAtWork, SliceOfParts, startPart } from './decide-part.ts'
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
  const settle = async ([first]: readonly PartAtWork[]): Promise<void> => {
    if (first === undefined) return
    await first.decided
    await finishPart(db, tenantId, id, first.part)
    slice.atWork.shift()
  }
  try {
    let next = prepare(deps, importing, 0)
    for (let part = await next; part !== undefined; part = await next) {
      isLast = signal.aborted || systemClock.now().getTime() >= untilMs
      next = isLast ? Promise.resolve(undefined) : prepare(deps, importing, part.number)
      next.catch(() => undefined) // told when it is waited for
      await startPart(deps, importing, part, slice)
      if (slice.atWork.length > AHEAD) await settle(slice.atWork)
    }
    while (slice.atWork.length > 0) await settle(slice.atWork)
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

async function complete({ ledger }: ImportWorkerDeps, { tenantId, kind, reference }: DueItem): Promise<void> {
  const request = { tenantId, clientId: 'due', operation: kind, key: reference, bodyHash: NO_BODY }
  await ledger.decide(request, () => ({
    purpose: 'import.completed',
    references: { importId: reference },
    events: [{ type: 'import.completed', objectId: reference, status: 'completed' }],
    companions: [completeImports.row(reference)],
    answer: null,
  }))
}

const NO_BODY = new Uint8Array()
