import type { EventType } from '@pisto/contract'
import type { CompanionRow, Plan, Queryable } from '@pisto/ledger'
import { toTypeId, toUuid } from '@pisto/ledger'
import { decideDue } from '../platform/due/decide-due.ts'
import { type DueHandler, scheduleDue } from '../platform/due/due.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { queueing } from '../sandbox/inbox.ts'
import { type SettledDemands, settleDemands, type Turn } from './demands.ts'
import { KIND_PREFIX, type KindName } from './kinds.ts'
import { reasonText } from './notices.ts'
import type { Registration } from './registration.ts'
import { findRegistration } from './store.ts'
import { moving } from './writes.ts'

type Deps = Pick<Runtime, 'personalData' | 'ids'>

const DUE_KIND = 'registration.check'

/** Has the demands of a registration looked at, at a time. Done twice it changes nothing more. */
export const checkDue = ({ kind, id, revision }: Pick<Registration, 'kind' | 'id' | 'revision'>, dueAt: Date) =>
  scheduleDue.row({ kind: DUE_KIND, reference: `${kind} ${toUuid(id)} ${revision} ${dueAt.toISOString()}`, dueAt })

/** The part of a plan that comes with a registration whose demands were looked at. */
export interface Settling extends SettledDemands {
  readonly events: readonly { readonly type: EventType; readonly objectId: string; readonly status: string }[]
  /** All but the registration itself: what the person is told, and when to look again. */
  readonly companions: readonly CompanionRow[]
}

/** Looks at what is demanded of somebody who has just given something, or whose time has come. */
export async function settling(
  deps: Deps,
  reader: Queryable,
  tenantId: string,
  registration: Registration,
  now: Date,
): Promise<Settling> {
  const settled = settleDemands(registration, now)
  const { to, turns, nextAt } = settled
  const told = turns.some((turn) => turn !== 'lifted') && to.notice !== null && to.notice !== registration.notice
  return {
    ...settled,
    events: turns.map((turn) => ({ type: typeOf(to.kind, turn), objectId: to.id, status: to.status })),
    companions: [
      ...(told ? [await telling(deps, reader, tenantId, to, now)] : []),
      ...(nextAt === null ? [] : [checkDue(to, nextAt)]),
    ],
  }
}

const typeOf = (kind: KindName, turn: Turn) => `${kind}.${turn}` as const satisfies EventType

/** The notice as an SMS. */
async function telling(
  { personalData, ids }: Deps,
  reader: Queryable,
  tenantId: string,
  { id, phone, locale, notice }: Registration,
  createdAt: Date,
): Promise<CompanionRow> {
  const key = await personalData.keyOf(reader, { tenantId, personId: id })
  const texts = (notice?.codes ?? []).map((code) => {
    const { message, messageEs } = reasonText(code)
    return locale === 'en' ? message : messageEs
  })
  const message = { id: ids.next('msg'), to: phone, text: texts.join(' '), code: null, createdAt }
  return queueing({ personalData }, key, message)
}

/** Asks for what is due, restricts whoever is late, and lifts what was given meanwhile. */
export const checkDueHandlers = (deps: Deps & Pick<Runtime, 'ledger'>): Readonly<Record<string, DueHandler>> => ({
  [DUE_KIND]: (item) =>
    decideDue(deps.ledger, item, ({ reader, ledgerTime }) =>
      checking(deps, reader, item.tenantId, registrationOf(item.reference), ledgerTime),
    ),
})

function registrationOf(reference: string): Pick<Registration, 'kind' | 'id'> {
  const [kind, uuid = ''] = reference.split(' ')
  const name: KindName = kind === 'merchant' ? 'merchant' : 'consumer'
  return { kind: name, id: toTypeId(KIND_PREFIX[name], uuid) }
}

async function checking(
  deps: Deps,
  reader: Queryable,
  tenantId: string,
  { kind, id }: Pick<Registration, 'kind' | 'id'>,
  now: Date,
): Promise<Plan<null>> {
  const from = await findRegistration(deps, reader, tenantId, kind, id)
  if (from === undefined) return NOTHING
  const { to, turns, events, companions } = await settling(deps, reader, tenantId, from, now)
  const [turn] = turns
  return {
    purpose: turn === undefined ? NOTHING.purpose : typeOf(kind, turn),
    references: { [`${kind}Id`]: id },
    events,
    companions: [...(to === from ? [] : [await moving(deps, reader, tenantId, { from, to })]), ...companions],
    answer: null,
  }
}

const NOTHING = { purpose: 'registration.settled', answer: null } as const
