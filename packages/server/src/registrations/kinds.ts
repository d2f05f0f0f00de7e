import type { EventType, ProblemCode } from '@pisto/contract'
import { localDay } from '@pisto/ledger'
import type { Call } from '../platform/http/call.ts'
import type { Registration } from './registration.ts'

export type KindName = 'merchant' | 'consumer'

/** Where and when a registration is looked at, and by whom. */
export interface Seen {
  readonly livemode: boolean
  /** ISO 8601 date where the tenant is. */
  readonly today: string
  /** Whom it is about, or one of theirs: shown is then only what they may know. */
  readonly byPerson: boolean
}

export const seenAt = (
  { livemode, tenant, person }: Pick<Call, 'livemode' | 'tenant' | 'person'>,
  time: Date,
): Seen => ({
  livemode,
  today: localDay(time, tenant.timeZone),
  byPerson: person !== undefined,
})

/** What differs between the kinds of registration; everything else is one implementation. */
export interface Kind<Answer> {
  readonly name: KindName
  /** Of its TypeIDs. */
  readonly prefix: 'mer' | 'con'
  /** Place of its wallet in the chart of accounts. */
  readonly walletPurpose: 'merchantWallet' | 'consumerWallet'
  readonly notFound: ProblemCode
  readonly wrongStatus: ProblemCode
  readonly created: EventType
  readonly activated: EventType
  /** The registration as the API shows it. */
  readonly show: (registration: Registration, seen: Seen) => Answer
}

/** Prefix of the TypeIDs of a kind. */
export const KIND_PREFIX = { merchant: 'mer', consumer: 'con' } as const satisfies Record<KindName, string>

/** @param id `mer_…` or `con_…` */
export const kindNameOf = (id: string): KindName => (id.startsWith('mer_') ? 'merchant' : 'consumer')
