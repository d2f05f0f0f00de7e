import type { CompanionRow, Queryable } from '@pisto/ledger'
import { cardOf, type Member, type MemberCard, sealCard } from '../members/member.ts'
import { findActiveMembers, findInvitations, rewriteCards } from '../members/store.ts'
import type { PersonKey } from '../platform/personal-data/person-key.ts'
import type { RegistrationReading } from '../registrations/store.ts'

interface NewPhone {
  /** `per_…` */
  readonly personId: string
  /** As `phoneIndex` gives them. */
  readonly from: string
  readonly to: string
  /** E.164 of `to`. */
  readonly phone: string
}

/**
 * In each shop that the person acts for, their card has the new phone from now on. An invitation keeps the phone that
 * was invited: whoever wrote it learns the new one when the person joins. One that is withdrawn has none.
 */
export async function rewritingCards(
  deps: RegistrationReading,
  reader: Queryable,
  tenantId: string,
  { personId, from, to, phone }: NewPhone,
): Promise<CompanionRow[]> {
  const again = new Set((await findInvitations(reader, tenantId, to)).map(({ registrationId }) => registrationId))
  const rewritten = async (member: Member, change: (card: MemberCard) => MemberCard): Promise<CompanionRow[]> => {
    const key = await keyFor(deps, reader, tenantId, member)
    const card = key && cardOf(key, member)
    return key && card ? [rewriteCards.row({ from: member, sealed: sealCard(key, member.id, change(card)) })] : []
  }
  const rows = await Promise.all([
    ...(await findActiveMembers(reader, tenantId, personId)).map((member) =>
      rewritten(member, (card) => ({ ...card, phone })),
    ),
    ...(await findInvitations(reader, tenantId, from)).map((member) =>
      rewritten(member, ({ name, phone: invited }) =>
        again.has(member.registrationId) ? { name, phone: null } : { name, phone: invited, movedTo: phone },
      ),
    ),
  ])
  return rows.flat()
}

/** @returns Null: the member has no card, as where the shop was erased. */
export const keyFor = async (
  { personalData }: RegistrationReading,
  reader: Queryable,
  tenantId: string,
  { registrationId, sealed }: Member,
): Promise<PersonKey | null> => sealed && personalData.keyOf(reader, { tenantId, personId: registrationId })
