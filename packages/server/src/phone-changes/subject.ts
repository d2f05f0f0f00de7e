import { PistoProblem, WrongStatus } from '@pisto/contract'
import type { Queryable } from '@pisto/ledger'
import { CONSUMER } from '../consumers/consumer.ts'
import { cardOf } from '../members/member.ts'
import { findActiveMembers, findOwners } from '../members/store.ts'
import { MERCHANT } from '../merchants/merchant.ts'
import type { Call } from '../platform/http/call.ts'
import type { PersonKey } from '../platform/personal-data/person-key.ts'
import { type Kind, kindNameOf } from '../registrations/kinds.ts'
import type { CodeOwner } from '../registrations/phone-verification/store.ts'
import type { Registration } from '../registrations/registration.ts'
import { getRegistration } from '../registrations/service.ts'
import type { RegistrationReading } from '../registrations/store.ts'
import { findPhoneHolders, uniqueKeysOf } from '../registrations/uniqueness.ts'
import { findPersonByPhone } from '../sessions/people.ts'
import type { Person } from '../sessions/person.ts'
import { phoneIndex } from '../sessions/phone-index.ts'
import { keyFor } from './cards.ts'

/** Whose phone becomes another one, and what of theirs has it now. */
export interface Subject {
  readonly owner: CodeOwner
  /** `per_…` of whoever signs in with the old phone; null: nobody whose phone moves. */
  readonly personId: string | null
  /** The old phone, as `phoneIndex` gives it. */
  readonly index: string
  /** E.164; null: it was never written down. */
  readonly phone: string | null
  /** What has the old phone and is theirs. */
  readonly registrations: readonly Registration[]
  /** The messages open under it. */
  readonly key: PersonKey
}

/** Somebody who signed in: all that they own under their phone, and what nobody owns yet. @throws {PistoProblem} `scope_missing`: a till */
export async function subjectOfPerson(
  deps: RegistrationReading,
  reader: Queryable,
  tenantId: string,
  { id, phone: index, sessionId }: Person,
): Promise<Subject> {
  if (index === null) throw new PistoProblem('scope_missing', { scope: 'self:draft' })
  const registrations = await registrationsOf(deps, reader, tenantId, index, (_, owners) => isOneOf(owners, id))
  return {
    ...{ owner: { kind: 'person', id }, personId: id, index, registrations },
    phone: registrations[0]?.phone ?? (await phoneOnCards(deps, reader, tenantId, id, index)),
    key: await deps.personalData.keyOf(reader, { tenantId, personId: sessionId }),
  }
}

/**
 * Somebody whom an operator has identified: what is theirs by the same document, or by who signs in for it.
 *
 * @throws {NotFound} this tenant has no such registration @throws {WrongStatus} it is over
 */
export async function subjectOfRegistration(
  deps: RegistrationReading,
  reader: Queryable,
  tenantId: string,
  registrationId: string,
): Promise<Subject> {
  const kind = kindOf(registrationId)
  const named = await getRegistration(deps, reader, tenantId, kind, registrationId)
  const { id, phone, status, erasure } = named
  if (status === 'closed' || status === 'rejected' || erasure !== null)
    throw new WrongStatus(kind.wrongStatus, { status })
  const index = phoneIndex(deps, tenantId, phone)
  const signsIn = await findPersonByPhone(reader, tenantId, index)
  const personId = isOneOf(await ownersOf(reader, tenantId, id), signsIn) ? (signsIn ?? null) : null
  const { document } = uniqueKeysOf(deps, tenantId, named)
  const registrations = await registrationsOf(deps, reader, tenantId, index, (one, owners) => {
    if (one.id === id) return true
    if (owners.length > 0) return owners.includes(personId)
    const keys = uniqueKeysOf(deps, tenantId, one)
    return keys.document === null || keys.document === document // who has no document is known by the phone
  })
  const key = await deps.personalData.keyOf(reader, { tenantId, personId: id })
  return { owner: { kind: kind.name, id }, personId, index, phone, registrations, key }
}

/** @returns The subject of a change that has begun; undefined: it is not the caller's. */
export async function subjectOf(
  deps: RegistrationReading,
  reader: Queryable,
  { tenantId, person }: Pick<Call, 'tenantId' | 'person'>,
  owner: CodeOwner,
): Promise<Subject | undefined> {
  if (owner.kind !== 'person') return person ? undefined : subjectOfRegistration(deps, reader, tenantId, owner.id)
  return person?.id === owner.id ? subjectOfPerson(deps, reader, tenantId, person) : undefined
}

const kindOf = (registrationId: string): Kind<unknown> =>
  kindNameOf(registrationId) === 'merchant' ? MERCHANT : CONSUMER

/** Is this one of the owners, or may become one, since there is none? */
const isOneOf = (owners: readonly (string | null)[], personId: string | undefined): boolean =>
  owners.length === 0 || (personId !== undefined && owners.includes(personId))

const ownersOf = async (reader: Queryable, tenantId: string, registrationId: string): Promise<(string | null)[]> =>
  (await findOwners(reader, tenantId, registrationId)).map(({ personId }) => personId)

/** What has this phone, and of it what the rule takes: a shop and a wallet at most. */
async function registrationsOf(
  deps: RegistrationReading,
  reader: Queryable,
  tenantId: string,
  index: string,
  isTheirs: (registration: Registration, owners: readonly (string | null)[]) => boolean,
): Promise<Registration[]> {
  const theirs: Registration[] = []
  for (const id of await findPhoneHolders(reader, tenantId, index)) {
    const registration = await getRegistration(deps, reader, tenantId, kindOf(id), id)
    if (isTheirs(registration, await ownersOf(reader, tenantId, id))) theirs.push(registration)
  }
  return theirs
}

/** Whoever only charges for others has a phone on the card that their shop wrote. */
async function phoneOnCards(
  deps: RegistrationReading,
  reader: Queryable,
  tenantId: string,
  personId: string,
  index: string,
): Promise<string | null> {
  for (const member of await findActiveMembers(reader, tenantId, personId)) {
    const key = await keyFor(deps, reader, tenantId, member)
    const phone = (key && cardOf(key, member)?.phone) ?? null
    if (phone !== null && phoneIndex(deps, tenantId, phone) === index) return phone
  }
  return null
}
