import { type Erase, WrongStatus } from '@pisto/contract'
import type { CompanionRow, Plan, Queryable } from '@pisto/ledger'
import { type Case, isOpen } from '../../cases/case.ts'
import { requireDecided } from '../../cases/settle.ts'
import { unclearedCases } from '../../cases/store.ts'
import { decideDue } from '../../platform/due/decide-due.ts'
import { type DueHandler, scheduleDue } from '../../platform/due/due.ts'
import type { Call } from '../../platform/http/call.ts'
import { type Kind, kindNameOf } from '../kinds.ts'
import { forgetLimitGroups } from '../limit-group-claims.ts'
import type { Registration } from '../registration.ts'
import { releasing } from '../releasing.ts'
import { decide } from '../review.ts'
import { move, type RegistrationDeps } from '../service.ts'
import { takesEvidence } from '../states.ts'
import { findPublicRegistration, findRegistration, type RegistrationReading } from '../store.ts'
import { releases, uniqueKeysOf } from '../uniqueness.ts'
import { moving } from '../writes.ts'
import { ERASED_ROWS, eraseRegistrations } from './erased-rows.ts'
import { confirmedUntil, keptUntil } from './retention.ts'

const DUE_KIND = 'registration.erase'

/**
 * Erases a person: their data key is destroyed, and whatever they could be found by. Earlier than the law allows it is
 * noted, no answer shows the person any more, and it is done on its day. While a case about them is open, they are not
 * erased; what was confirmed is kept as long as what was refused.
 *
 * @throws {NotFound} this tenant has no such registration
 * @throws {WrongStatus} it is in use: close or reject it first; or it was erased, or is to be
 * @throws {PistoProblem} `case_open`
 */
export async function erase<A>(deps: RegistrationDeps, call: Call, kind: Kind<A>, id: string, said: Erase): Promise<A> {
  let isErased = false
  const answer = await decide(deps, call, kind, { id, said }, async (from, { reader, ledgerTime: now }) => {
    const { status, erasure: before } = from
    if (before !== null) throw new WrongStatus(kind.wrongStatus, { status, event: 'erase' })
    const next = status === 'rejected' || status === 'closed' ? status : move(kind, status, 'erase')
    const cases = await unclearedCases(reader, call.tenantId, id)
    const { until, source } = keptUntil(from, { now, timeZone: call.tenant.timeZone, cases })
    isErased = until <= now
    if (isErased) requireDecided(cases, { isSettling: false })
    const erasure = { requestedAt: now, dueAt: until, erasedAt: isErased ? now : null, source }
    const to: Registration = { ...from, status: next, review: null, erasure }
    if (isErased) return { action: 'erase', to, companions: erasing(deps, call.tenantId, from, now, source) }
    return {
      action: 'requestErasure',
      to,
      companions: [
        await moving(deps, reader, call.tenantId, { from, to }),
        ...(takesEvidence(status) ? await releasing(deps, reader, call.tenantId, to) : []),
        scheduleDue.row({ kind: DUE_KIND, reference: id, dueAt: until }),
      ],
    }
  })
  if (isErased && !call.dryRun)
    await deps.personalData.erased({ tenantId: call.tenantId, personId: id }, deps.clock.now())
  return answer
}

/** When an erasure that a case puts off is looked at again. */
export const AGAIN_MS = 7 * 86_400_000

/** Erases whoever asked for it when the law kept them, on the day when it lets them go and no case is open. */
export const erasureDueHandlers = (
  deps: Pick<RegistrationDeps, 'db' | 'ledger' | 'personalData' | 'clock'>,
): Readonly<Record<string, DueHandler>> => ({
  async [DUE_KIND](item) {
    const { tenantId, reference, dueAt } = item
    const [id = ''] = reference.split(' ')
    await decideDue(deps.ledger, item, async ({ reader, ledgerTime: now }) => {
      const from = await findAny(deps, reader, tenantId, id)
      if (from === undefined || from.erasure?.erasedAt) return { purpose: 'registration.settled', answer: null }
      const cases = await unclearedCases(reader, tenantId, id)
      const until = putOffUntil(from, cases, now)
      if (until !== undefined) return puttingOff(deps, reader, tenantId, from, until)
      return erasure(deps, tenantId, from, now, from.erasure?.source ?? dueAt.toISOString())
    })
    const after = await findPublicRegistration(deps.db, tenantId, kindNameOf(id), id)
    if (after?.erasure?.erasedAt) await deps.personalData.erased({ tenantId, personId: id }, deps.clock.now())
  },
})

/** Until when an open case, or one that was confirmed since, puts an erasure off. @returns Undefined: nothing does. */
export function putOffUntil(from: Registration, cases: readonly Case[], now: Date): Date | undefined {
  if (cases.some(isOpen)) return new Date(now.getTime() + AGAIN_MS)
  const confirmed = confirmedUntil(from, { timeZone: 'UTC', cases }) // what was confirmed since is kept from then on
  return confirmed !== undefined && confirmed.until > now ? confirmed.until : undefined
}

async function puttingOff(
  deps: RegistrationReading,
  reader: Queryable,
  tenantId: string,
  from: Registration,
  dueAt: Date,
): Promise<Plan<null>> {
  const { id, kind, erasure } = from
  const to = { ...from, erasure: erasure && { ...erasure, dueAt } }
  return {
    purpose: 'registration.settled',
    references: { [`${kind}Id`]: id },
    companions: [
      await moving(deps, reader, tenantId, { from, to }),
      scheduleDue.row({ kind: DUE_KIND, reference: `${id} ${dueAt.toISOString()}`, dueAt }),
    ],
    answer: null,
  }
}

/** What the ledger decides where nobody asks at this moment. */
export function erasure(
  deps: RegistrationReading,
  tenantId: string,
  from: Registration,
  now: Date,
  source: string,
): Plan<null> {
  const type = `${from.kind}.erased` as const
  return {
    purpose: type,
    references: { [`${from.kind}Id`]: from.id },
    events: [{ type, objectId: from.id, status: from.status === 'rejected' ? from.status : 'closed' }],
    companions: erasing(deps, tenantId, from, now, source),
    answer: null,
  }
}

/** @param id `mer_…` or `con_…` */
export async function findAny(
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
