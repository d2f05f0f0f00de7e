import type { MemberRole } from '@pisto/contract'
import type { PersonKey } from '../platform/personal-data/person-key.ts'
import type { KindName } from '../registrations/kinds.ts'

export type MemberStatus = 'invited' | 'active' | 'removed'

/** Somebody, or a till, that acts for a shop; of a consumer, its one owner. */
export interface Member {
  /** `mbr_…` */
  readonly id: string
  readonly kind: KindName
  /** `mer_…` or `con_…` */
  readonly registrationId: string
  /** `per_…`; null: invited. */
  readonly personId: string | null
  readonly role: MemberRole
  readonly status: MemberStatus
  /** While invited, as `phoneIndex` gives it. */
  readonly phone: string | null
  /** A card, under the data key of the shop; null: they registered the shop themselves. */
  readonly sealed: Uint8Array | null
  readonly createdAt: Date
  readonly joinedAt: Date | null
  readonly removedAt: Date | null
}

/** As whoever invited them wrote it. */
export interface MemberCard {
  readonly name: string
  /** E.164; null: a till. */
  readonly phone: string | null
}

/** The owner that a registration begins with. */
export const firstOwner = (
  of: Pick<Member, 'id' | 'kind' | 'registrationId'> & { readonly personId: string },
  time: Date,
): Member => ({
  ...{ id: of.id, kind: of.kind, registrationId: of.registrationId, personId: of.personId },
  ...{ role: 'owner', status: 'active', phone: null, sealed: null, createdAt: time, joinedAt: time, removedAt: null },
})

export const sealCard = (key: PersonKey, memberId: string, card: MemberCard): Uint8Array =>
  key.sealJson(`member/${memberId}`, card)

/** @param key Of the shop. */
export const cardOf = (key: PersonKey, { id, sealed }: Pick<Member, 'id' | 'sealed'>): MemberCard | null =>
  sealed && key.openJson<MemberCard>(`member/${id}`, sealed)

/** The name stays with what they sold; their phone goes. @param key Of the shop. */
export function removed(key: PersonKey, from: Member, time: Date): Member {
  const card = cardOf(key, from)
  const sealed = card && sealCard(key, from.id, { ...card, phone: null })
  return { ...from, status: 'removed', phone: null, sealed, removedAt: time }
}
