import { type Erase, WrongStatus } from '@pisto/contract'
import type { CompanionRow, Queryable } from '@pisto/ledger'
import { decideDue } from '../../platform/due/decide-due.ts'
import { type DueHandler, scheduleDue } from '../../platform/due/due.ts'
import type { Call } from '../../platform/http/call.ts'
import { type Kind, kindNameOf } from '../kinds.ts'
import { forgetLimitGroups } from '../limit-group-claims.ts'
import type { Registration } from '../registration.ts'
import { decide } from '../review.ts'
import { move, type RegistrationDeps } from '../service.ts'
import { findRegistration, type RegistrationReading } from '../store.ts'
import { releases, uniqueKeysOf } from '../uniqueness.ts'
import { moving } from '../writes.ts'
import { ERASED_ROWS, eraseRegistrations } from './erased-rows.ts'
import { keptUntil } from './retention.ts'

const DUE_KIND = 'registration.erase'

/**
 * Erases a person: their data key is destroyed, and whatever they could be found by. Earlier than the law allows it is
 * noted, no answer shows the person any more, and it is done on its day.
 *
 * @throws {NotFound} this tenant has no such registration
 * @throws {WrongStatus} it is in use: close or reject it first; or it was erased, or is to be
 */
export async function erase<A>(deps: RegistrationDeps, call: Call, kind: Kind<A>, id: string, said: Erase): Promise<A> {
  let isErased = false
  const answer = await decide(deps, call, kind, { id, said }, async (from, { reader, ledgerTime: now }) => {
    const { status, erasure: before } = from
    if (before !== null) throw new WrongStatus(kind.wrongStatus, { status, event: 'erase' })
    const next = status === 'rejected' || status === 'closed' ? status : move(kind, status, 'erase')
    const { until, source } = keptUntil(from, { now, timeZone: call.tenant.timeZone })
    isErased = until <= now
    const erasure = { requestedAt: now, dueAt: until, erasedAt: isErased ? now : null, source }
    const to: Registration = { ...from, status: next, review: null, erasure }
    if (isErased) return { action: 'erase', to, companions: erasing(deps, call.tenantId, from, now, source) }
    return {
      action: 'requestErasure',
      to,
      companions: [
        await moving(deps, reader, call.tenantId, { from, to }),
        scheduleDue.row({ kind: DUE_KIND, reference: id, dueAt: until }),
      ],
    }
  })
  if (isErased && !call.dryRun)
    await deps.personalData.erased({ tenantId: call.tenantId, personId: id }, deps.clock.now())
  return answer
}

/** Erases whoever asked for it when the law kept them, on the day when it lets them go. */
export const erasureDueHandlers = (
  deps: Pick<RegistrationDeps, 'ledger' | 'personalData' | 'clock'>,
): Readonly<Record<string, DueHandler>> => ({
  async [DUE_KIND](item) {
    const { tenantId, reference: id, dueAt } = item
    await decideDue(deps.ledger, item, async ({ reader, ledgerTime: now }) => {
      const from = await findAny(deps, reader, tenantId, id)
      if (from === undefined || from.erasure?.erasedAt) return { purpose: 'registration.settled', answer: null }
      const type = `${from.kind}.erased` as const
      return {
        purpose: type,
        references: { [`${from.kind}Id`]: id },
        events: [{ type, objectId: id, status: from.status }],
        companions: erasing(deps, tenantId, from, now, from.erasure?.source ?? dueAt.toISOString()),
        answer: null,
      }
    })
    await deps.personalData.erased({ tenantId, personId: id }, deps.clock.now())
  },
})

async function findAny(
  deps: RegistrationReading,
  reader: Queryable,
  tenantId: string,
  id: string,
): Promise<Registration | undefined> {
  return findRegistration(deps, reader, tenantId, kindNameOf(id), id)
}

/** What commits when somebody is erased. */
function erasing(
  deps: RegistrationReading,
  tenantId: string,
  from: Registration,
  erasedAt: Date,
  source: string,
): CompanionRow[] {
  const { kind, id, revision } = from
  const keys = uniqueKeysOf(deps, tenantId, from)
  return [
    eraseRegistrations[kind].row({ id, erasedAt, revision, source }),
    ...releases(keys, from),
    forgetLimitGroups.row({ ...keys, id }),
    ...ERASED_ROWS.map((rows) => rows.row({ id, erasedAt })),
  ]
}
