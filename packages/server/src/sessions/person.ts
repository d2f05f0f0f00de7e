import type { MemberRole, PersonScope } from '@pisto/contract'
import type { KindName } from '../registrations/kinds.ts'

/** For which shop or wallet somebody acts, and as what. */
export interface Membership {
  /** `mbr_…` */
  readonly memberId: string
  readonly kind: KindName
  /** `mer_…` or `con_…` */
  readonly registrationId: string
  readonly role: MemberRole
  /** Has the registration ever been active? Until then there is nothing to read, charge or pay from. */
  readonly hasAccount: boolean
}

/** Somebody who signed in and asks. */
export interface Person {
  /** `per_…` */
  readonly id: string
  /** `ses_…` */
  readonly sessionId: string
  /** Of the device's key, RFC 7638. */
  readonly deviceThumbprint: string
  /** As `people` has it; null: a till. */
  readonly phone: string | null
  readonly scopes: ReadonlySet<PersonScope>
  readonly memberships: readonly Membership[]
}

/** What a person may do who acts for these: pure. */
export function scopesOf(memberships: readonly Membership[]): ReadonlySet<PersonScope> {
  const scopes = new Set<PersonScope>(['self:draft'])
  for (const { kind, role, hasAccount } of memberships) {
    if (!hasAccount) continue
    scopes.add('self:read')
    if (kind === 'merchant') scopes.add('self:charge')
    if (role !== 'owner') continue
    scopes.add('self:pay')
    if (kind === 'merchant') scopes.add('self:manage')
  }
  return scopes
}

/** The registrations of a kind that a person owns. */
export const ownedBy = ({ memberships }: Pick<Person, 'memberships'>, kind: KindName): string[] =>
  memberships.filter((of) => of.kind === kind && of.role === 'owner').map(({ registrationId }) => registrationId)

/** What a list is narrowed to. */
export interface Own {
  readonly merchantIds: readonly string[]
  readonly consumerIds: readonly string[]
  /** As whom the person charges where it is not the owner. */
  readonly memberIds: readonly string[]
}

export const ownOf = (person: Pick<Person, 'memberships'>): Own => ({
  merchantIds: ownedBy(person, 'merchant'),
  consumerIds: ownedBy(person, 'consumer'),
  memberIds: person.memberships.filter(({ role }) => role !== 'owner').map(({ memberId }) => memberId),
})

/** As whom a person charges for a shop. @returns Null: the caller is no person, or none of the shop's. */
export const sellerFor = (person: Person | undefined, merchantId: string): string | null =>
  person?.memberships.find(({ registrationId }) => registrationId === merchantId)?.memberId ?? null
