import { toTypeId, toUuid } from '@pisto/ledger'
import { unclearedCases } from '../../cases/store.ts'
import { decideDue } from '../../platform/due/decide-due.ts'
import { type DueHandler, type DueItem, scheduleDue } from '../../platform/due/due.ts'
import { KIND_PREFIX, type KindName, kindNameOf } from '../kinds.ts'
import type { Registration } from '../registration.ts'
import type { RegistrationDeps } from '../service.ts'
import { findPublicRegistration } from '../store.ts'
import { erasure, findAny, putOffUntil } from './erase.ts'
import { ABANDONED, abandoned, keptUntil, lawOf, RETAINED, retentionOf } from './retention.ts'

type DueDeps = Pick<RegistrationDeps, 'db' | 'ledger' | 'personalData' | 'clock'>

/** Of a database of an older version: whoever left, and drafts, before these were written down as due. */
const SWEPT = 'registration.sweep'
const ABANDONED_SOURCE = 'No law keeps a registration that was never submitted'

/** Erases, without anybody's asking, whoever left when the law lets them go, and drafts that nobody goes on with. */
export const unaskedErasureDueHandlers = (deps: DueDeps): Readonly<Record<string, DueHandler>> => ({
  [RETAINED]: (item) => eraseUnasked(deps, item, (from) => (hasLeft(from) ? sourceOf(from) : undefined)),
  async [ABANDONED](item) {
    const [id = '', touched] = item.reference.split(' ')
    const isUntouched = ({ status, revision }: Pick<Registration, 'status' | 'revision'>): boolean =>
      status === 'draft' && touched === String(revision)
    const found = await findPublicRegistration(deps.db, item.tenantId, kindNameOf(id), id)
    if (found?.status !== 'draft') return // nearly everybody: that is no news for the log
    if (!isUntouched(found)) return waitFor(deps, item.tenantId, abandoned(found, deps.clock.now()))
    await eraseUnasked(deps, item, (from) => (isUntouched(from) ? ABANDONED_SOURCE : undefined))
  },
  async [SWEPT]({ tenantId, reference }) {
    const [kind = '', uuid = ''] = reference.split(' ')
    const found = await findAny(deps, deps.db, tenantId, toTypeId(KIND_PREFIX[kind as KindName], uuid))
    if (found === undefined || found.erasure !== null || !(found.status === 'draft' || hasLeft(found))) return
    const now = deps.clock.now()
    if (found.status === 'draft') return waitFor(deps, tenantId, abandoned(found, now)) // only this version knows since when
    const { until: dueAt } = keptUntil(found, { now, timeZone: 'UTC', cases: [] }) // years are as long there
    await waitFor(deps, tenantId, { kind: RETAINED, reference: found.id, dueAt })
  },
})

/** Writes down when to look again; done twice it is there once. */
async function waitFor({ db }: DueDeps, tenantId: string, item: Omit<DueItem, 'tenantId'>): Promise<void> {
  const { kind, reference, dueAt } = item
  await db.query(
    `insert into due (tenant_id, kind, reference, due_at) values ($1, $2, $3, $4)
     on conflict (tenant_id, kind, reference) do nothing`,
    [toUuid(tenantId, 'ten'), kind, reference, dueAt],
  )
}

const hasLeft = ({ status }: Pick<Registration, 'status'>): boolean => status === 'closed' || status === 'rejected'

function sourceOf(from: Registration): string {
  const rule = retentionOf(from)
  return rule === undefined ? ABANDONED_SOURCE : lawOf(rule)
}

/**
 * Erases the person of a due item, unless a case puts it off.
 *
 * @param sourceFor Why nothing keeps them; undefined: they stay.
 */
async function eraseUnasked(
  deps: DueDeps,
  item: DueItem,
  sourceFor: (from: Registration) => string | undefined,
): Promise<void> {
  const { tenantId, kind, reference } = item
  const [id = '', touched = ''] = reference.split(' ')
  await decideDue(deps.ledger, item, async ({ reader, ledgerTime: now }) => {
    const from = await findAny(deps, reader, tenantId, id)
    const settled = { purpose: 'registration.settled', answer: null }
    const source = from === undefined || from.erasure !== null ? undefined : sourceFor(from)
    if (from === undefined || source === undefined) return settled
    const dueAt = putOffUntil(from, await unclearedCases(reader, tenantId, id), now)
    if (dueAt === undefined) return erasure(deps, tenantId, from, now, source)
    const again = { kind, reference: `${id} ${touched} ${dueAt.toISOString()}`, dueAt }
    return { ...settled, companions: [scheduleDue.row(again)] }
  })
  const after = await findPublicRegistration(deps.db, tenantId, kindNameOf(id), id)
  if (after?.erasure?.erasedAt) await deps.personalData.erased({ tenantId, personId: id }, deps.clock.now())
}
