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

/** As whoever invited them wrote it; the phone of who joined is their present one. */
export interface MemberCard {
  readonly name: string
  /** E.164; null: a till, or somebody who was removed. */
  readonly phone: string | null
  /** Of an invitation, where the person has another phone since: E.164. Shown to the shop when they join. */
  readonly movedTo?: string
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

/** @param personId `per_…` @param key Of the shop. */
export function joined(key: PersonKey, from: Member, personId: string, time: Date): Member {
  const card = cardOf(key, from)
  const sealed = card?.movedTo ? sealCard(key, from.id, { name: card.name, phone: card.movedTo }) : from.sealed
  return { ...from, status: 'active', personId, phone: null, sealed, joinedAt: time }
}

/** The name stays with what they sold; their phone goes. @param key Of the shop. */
export function removed(key: PersonKey, from: Member, time: Date): Member {
  const card = cardOf(key, from)
  const sealed = card && sealCard(key, from.id, { name: card.name, phone: null })
  return { ...from, status: 'removed', phone: null, sealed, removedAt: time }
}
