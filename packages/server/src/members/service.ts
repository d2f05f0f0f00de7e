import { type InviteMember, type Member as MemberAnswer, NotFound, PistoProblem, WrongStatus } from '@pisto/contract'
import { type Queryable, toUuid } from '@pisto/ledger'
import { MERCHANT } from '../merchants/merchant.ts'
import type { Call } from '../platform/http/call.ts'
import { type PageQuery, pageById } from '../platform/http/page.ts'
import { type PersonPlan, performFor } from '../platform/personal-data/perform-for.ts'
import type { PersonKey } from '../platform/personal-data/person-key.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { checkedPhone } from '../registrations/check-form.ts'
import type { Registration } from '../registrations/registration.ts'
import { getRegistration } from '../registrations/service.ts'
import { queueing } from '../sandbox/inbox.ts'
import { phoneIndex } from '../sessions/phone-index.ts'
import { cardOf, joined, type Member, removed, sealCard } from './member.ts'
import { invitationFor } from './message.ts'
import { findMember, findOwners, insertMembers, listMembers, moveMembers } from './store.ts'

export type MemberDeps = Pick<
  Runtime,
  'db' | 'ledger' | 'clock' | 'systemClock' | 'ids' | 'random' | 'secret' | 'personalData'
>

/**
 * Invites somebody by phone. Their own sign-in code proves that the phone is theirs.
 *
 * @throws {NotFound} `merchant_not_found`
 * @throws {WrongStatus} the shop is closed or was rejected
 * @throws {PistoProblem} `registration_invalid`: no mobile phone; `member_duplicate`
 */
export async function inviteMember(
  deps: MemberDeps,
  call: Call,
  merchantId: string,
  { phone: given, name, role, locale = 'es' }: InviteMember,
): Promise<MemberAnswer> {
  const [id, messageId] = [deps.ids.next('mbr'), deps.ids.next('msg')]
  return performFor<MemberAnswer>(deps, call, async ({ reader, ledgerTime }) => {
    const shop = await getOpenShop(deps, reader, call.tenantId, merchantId)
    const phone = checkedPhone({ country: shop.country, phone: given })
    if (typeof phone !== 'string') throw new PistoProblem('registration_invalid', {}, { errors: [phone] })
    const index = phoneIndex(deps, call.tenantId, phone)
    if (await isMember(reader, call.tenantId, merchantId, index)) throw new PistoProblem('member_duplicate')
    const key = await keyOf(deps, reader, call.tenantId, merchantId)
    const member: Member = {
      ...{ id, kind: 'merchant', registrationId: merchantId, personId: null, role, status: 'invited' },
      ...{ phone: index, sealed: sealCard(key, id, { name, phone }) },
      ...{ createdAt: ledgerTime, joinedAt: null, removedAt: null },
    }
    const text = invitationFor(shop.business?.tradeName ?? '', locale)
    return {
      purpose: 'member.invited',
      references: { merchantId, memberId: id, role },
      companions: [
        insertMembers.row(member),
        queueing(deps, key, { id: messageId, to: phone, text, code: null, createdAt: ledgerTime }),
      ],
      key,
      answer: showMember(key, member, call.livemode),
    }
  })
}

/**
 * Whoever was invited joins.
 *
 * @throws {NotFound} `member_not_found`: also an invitation of another phone
 * @throws {WrongStatus} it was withdrawn
 */
export function acceptMember(
  deps: MemberDeps,
  call: Call,
  merchantId: string,
  memberId: string,
): Promise<MemberAnswer> {
  return performFor<MemberAnswer>(deps, call, async ({ reader, ledgerTime }) => {
    const from = await getMember(deps, reader, call.tenantId, merchantId, memberId)
    const { person } = call
    if (person === undefined || from.phone === null || from.phone !== person.phone) {
      throw new NotFound('member_not_found', { id: memberId })
    }
    if (await isMember(reader, call.tenantId, merchantId, from.phone)) throw new PistoProblem('member_duplicate')
    const key = await keyOf(deps, reader, call.tenantId, merchantId)
    return moved('member.joined', { from, to: joined(key, from, person.id, ledgerTime) }, call, key)
  })
}

/** @throws {PistoProblem} `last_owner` @throws {WrongStatus} they are no member any more */
export function changeMember(
  deps: MemberDeps,
  call: Call,
  { merchantId, memberId }: { readonly merchantId: string; readonly memberId: string },
  role: 'owner' | 'staff',
): Promise<MemberAnswer> {
  return performFor<MemberAnswer>(deps, call, async ({ reader }) => {
    const from = await getMember(deps, reader, call.tenantId, merchantId, memberId)
    if (from.status === 'removed') throw new WrongStatus('member_wrong_status', { status: from.status })
    if (role !== 'owner') await requireOtherOwner(reader, call.tenantId, from)
    const key = await keyOf(deps, reader, call.tenantId, merchantId)
    return moved('member.changed', { from, to: { ...from, role } }, call, key)
  })
}

/** Removes a member, or withdraws an invitation: at once, whatever tokens are about. @throws as `changeMember` */
export function removeMember(
  deps: MemberDeps,
  call: Call,
  merchantId: string,
  memberId: string,
): Promise<MemberAnswer> {
  return performFor<MemberAnswer>(deps, call, async ({ reader, ledgerTime }) => {
    const from = await getMember(deps, reader, call.tenantId, merchantId, memberId)
    if (from.status === 'removed') throw new WrongStatus('member_wrong_status', { status: from.status })
    await requireOtherOwner(reader, call.tenantId, from)
    const key = await keyOf(deps, reader, call.tenantId, merchantId)
    return moved('member.removed', { from, to: removed(key, from, ledgerTime) }, call, key)
  })
}

export async function listPeople(
  deps: MemberDeps,
  { tenantId, livemode }: Call,
  merchantId: string,
  query: PageQuery,
): Promise<{ data: MemberAnswer[]; nextCursor: string | null }> {
  const { db } = deps
  await getRegistration(deps, db, tenantId, MERCHANT, merchantId)
  const key = await keyOf(deps, db, tenantId, merchantId)
  return pageById(
    query,
    'mbr',
    (page) => listMembers(db, tenantId, { kind: 'merchant', registrationId: merchantId, tills: false, ...page }),
    (member) => showMember(key, member, livemode),
  )
}

/** @throws {NotFound} `merchant_not_found` @throws {WrongStatus} it is closed or was rejected */
export async function getOpenShop(
  deps: MemberDeps,
  reader: Queryable,
  tenantId: string,
  merchantId: string,
): Promise<Registration> {
  const shop = await getRegistration(deps, reader, tenantId, MERCHANT, merchantId)
  if (shop.status === 'closed' || shop.status === 'rejected') {
    throw new WrongStatus('merchant_wrong_status', { status: shop.status })
  }
  return shop
}

/** @throws {NotFound} `merchant_not_found`, `member_not_found`: also for a till */
async function getMember(
  deps: MemberDeps,
  reader: Queryable,
  tenantId: string,
  merchantId: string,
  id: string,
): Promise<Member> {
  await getRegistration(deps, reader, tenantId, MERCHANT, merchantId)
  const member = await findMember(reader, tenantId, merchantId, id)
  if (member === undefined || member.role === 'till') throw new NotFound('member_not_found', { id })
  return member
}

async function requireOtherOwner(reader: Queryable, tenantId: string, { id, registrationId }: Member): Promise<void> {
  const owners = await findOwners(reader, tenantId, registrationId)
  if (owners.length === 1 && owners[0]?.id === id) throw new PistoProblem('last_owner')
}

/** @param phone As `phoneIndex` gives it. */
async function isMember(reader: Queryable, tenantId: string, merchantId: string, phone: string): Promise<boolean> {
  const [row] = await reader.query(
    `select m.id from members m join people p on p.tenant_id = $1 and p.id = m.person_id
     where m.tenant_id = $1 and m.registration_id = $2 and m.status = 'active' and p.phone = $3`,
    [toUuid(tenantId, 'ten'), toUuid(merchantId), phone],
  )
  return row !== undefined
}

/** Of the shop: what is written about its members opens under it. */
export const keyOf = (
  { personalData }: MemberDeps,
  reader: Queryable,
  tenantId: string,
  merchantId: string,
): Promise<PersonKey> => personalData.keyOf(reader, { tenantId, personId: merchantId })

/** The plan that moves a member. */
function moved(
  purpose: string,
  { from, to }: { readonly from: Member; readonly to: Member },
  { livemode }: Call,
  key: PersonKey,
): PersonPlan<MemberAnswer> {
  return {
    purpose,
    references: { merchantId: to.registrationId, memberId: to.id, role: to.role },
    companions: [moveMembers.row({ from, to })],
    key,
    answer: showMember(key, to, livemode),
  }
}

function showMember(key: PersonKey, member: Member, livemode: boolean): MemberAnswer {
  const card = cardOf(key, member)
  const { id, registrationId, role, status, createdAt, joinedAt, removedAt } = member
  return {
    id,
    livemode,
    merchantId: registrationId,
    role: role === 'owner' ? 'owner' : 'staff',
    status,
    name: card?.name ?? null,
    phone: card?.phone ?? null,
    createdAt: createdAt.toISOString(),
    joinedAt: joinedAt?.toISOString() ?? null,
    removedAt: removedAt?.toISOString() ?? null,
  }
}
