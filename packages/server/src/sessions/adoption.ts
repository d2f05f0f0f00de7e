import { createHash } from 'node:crypto'
import { type IdSource, type Ledger, type Queryable, Refused, toTypeId, toUuid } from '@pisto/ledger'
import { firstOwner } from '../members/member.ts'
import { findOwners, insertMembers } from '../members/store.ts'
import { KIND_PREFIX, type KindName } from '../registrations/kinds.ts'

export interface AdoptionDeps {
  readonly db: Queryable
  readonly ledger: Ledger
  readonly ids: IdSource
}

interface Found {
  readonly kind: KindName
  readonly registration_id: string
}

/**
 * What a bank registered with this phone, and nobody owns yet, is the person's who has confirmed the phone. Once owned
 * it stays so, also when the bank changes the phone: owners are changed by owners, and by the bank.
 *
 * @param person.phone As `phoneIndex` gives it; null: the one that the person has.
 */
export async function adoptRegistrations(
  { db, ledger, ids }: AdoptionDeps,
  tenantId: string,
  { personId, phone }: { readonly personId: string; readonly phone: string | null },
): Promise<void> {
  const unowned = await db.query<Found>(
    `select r.kind, r.registration_id from registration_phones r
     where r.tenant_id = $1
       and r.phone = coalesce($2, (select p.phone from people p where p.tenant_id = $1 and p.id = $3))
       and not exists (
         select 1 from members m where m.tenant_id = $1 and m.registration_id = r.registration_id and m.role = 'owner'
           and m.status = 'active'
       )`,
    [toUuid(tenantId, 'ten'), phone, toUuid(personId, 'per')],
  )
  for (const { kind, registration_id } of unowned) {
    const registrationId = toTypeId(KIND_PREFIX[kind], registration_id)
    const id = ids.next('mbr')
    const request = { tenantId, clientId: personId, operation: 'adopt', key: undefined, bodyHash: NO_BODY }
    await ledger.decide(request, async ({ reader, ledgerTime }) => {
      const owners = await findOwners(reader, tenantId, registrationId)
      if (owners.length > 0) throw new Refused('member_duplicate', {}) // somebody was quicker
      return {
        purpose: 'member.joined',
        references: { [`${kind}Id`]: registrationId, memberId: id, role: 'owner' },
        companions: [insertMembers.row(firstOwner({ id, kind, registrationId, personId }, ledgerTime))],
        answer: null,
      }
    })
  }
}

const NO_BODY = new Uint8Array(createHash('sha256').digest())
