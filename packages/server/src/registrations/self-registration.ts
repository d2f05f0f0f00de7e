import { type FieldError, PistoProblem } from '@pisto/contract'
import type { CompanionRow, IdSource, Queryable } from '@pisto/ledger'
import { firstOwner } from '../members/member.ts'
import { insertMembers } from '../members/store.ts'
import type { Call } from '../platform/http/call.ts'
import { ownedBy } from '../sessions/person.ts'
import { phoneIndex } from '../sessions/phone-index.ts'
import type { Kind, KindName } from './kinds.ts'
import type { PhoneConfirmation, Registration } from './registration.ts'
import { findPublicRegistration, type RegistrationReading } from './store.ts'

/**
 * Somebody registers themselves with the phone that they signed in with: so nobody takes the phone of somebody else,
 * nor learns by trying which phones are registered.
 *
 * @throws {PistoProblem} `registration_invalid`
 */
export function requireOwnPhone(deps: RegistrationReading, { tenantId, person }: Call, phone: string): void {
  if (person === undefined || phoneIndex(deps, tenantId, phone) === person.phone) return
  throw new PistoProblem('registration_invalid', {}, { errors: [NOT_OWN] })
}

/** The sign-in's code was sent to the same phone: it need not be confirmed twice. */
export const confirmedBySignIn = ({ person }: Call, time: Date): PhoneConfirmation | null =>
  person === undefined ? null : { at: time, by: 'code' }

/** Whoever registers themselves owns it; for a program's registrations the phone decides later. */
export function owning(
  { ids }: { readonly ids: IdSource },
  { person }: Call,
  { kind, id: registrationId, createdAt }: Pick<Registration, 'kind' | 'id' | 'createdAt'>,
): CompanionRow[] {
  if (person === undefined) return []
  const id = ids.next('mbr')
  return [insertMembers.row(firstOwner({ id, kind, registrationId, personId: person.id }, createdAt))]
}

/**
 * One shop and one wallet a person: further shops are for the bank to open.
 *
 * @throws {PistoProblem} `registration_exists`
 */
export async function refuseSecond(
  reader: Queryable,
  { tenantId, person }: Call,
  { name }: Pick<Kind<unknown>, 'name'>,
): Promise<void> {
  for (const id of person ? ownedBy(person, name) : []) {
    const registration = await findPublicRegistration(reader, tenantId, name, id)
    const isOver = registration?.status === 'closed' || registration?.status === 'rejected'
    if (!isOver) throw new PistoProblem('registration_exists', { id })
  }
}

/** What a list has for whoever asks: a person's own, all to a key. */
export const listedFor = ({ person }: Call, kind: KindName): readonly string[] | undefined =>
  person && ownedBy(person, kind)

const NOT_OWN: FieldError = {
  pointer: '/phone',
  code: 'phone_not_own',
  message: 'Register with the phone that you signed in with',
  messageEs: 'Regístrese con el teléfono con el que entró',
}
