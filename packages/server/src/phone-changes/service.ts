import {
  type ConfirmPhoneChange,
  type FieldError,
  NotFound,
  type PhoneChange,
  PistoProblem,
  type StartPhoneChange,
} from '@pisto/contract'
import { type CompanionRow, localDay, type Queryable } from '@pisto/ledger'
import { findActiveMembers } from '../members/store.ts'
import { operatorOf } from '../operators/operator.ts'
import type { Call } from '../platform/http/call.ts'
import { perform } from '../platform/perform.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { checkedPhone } from '../registrations/check-form.ts'
import { type NewDecision, writtenDown } from '../registrations/decisions.ts'
import { rememberPhones } from '../registrations/limit-group-claims.ts'
import { groupOfAccount } from '../registrations/limit-groups.ts'
import { confirming, drawn, sendingCode, wrongTry } from '../registrations/phone-verification/codes.ts'
import { showVerification } from '../registrations/phone-verification/service.ts'
import { findOwnedVerification } from '../registrations/phone-verification/store.ts'
import { mistake } from '../registrations/reasons.ts'
import type { Registration } from '../registrations/registration.ts'
import { claimPhones, findTaken, releasePhones } from '../registrations/uniqueness.ts'
import { editing } from '../registrations/writes.ts'
import { queueing } from '../sandbox/inbox.ts'
import { findPersonByPhone } from '../sessions/people.ts'
import { phoneIndex } from '../sessions/phone-index.ts'
import { rewritingCards } from './cards.ts'
import { PHONE_CHANGED } from './message.ts'
import { endSessions, leavePhones, moveInvitations, movePhones, vacatePhones } from './store.ts'
import { type Subject, subjectOf, subjectOfPerson, subjectOfRegistration } from './subject.ts'
import { forgetting } from './worker.ts'

export type PhoneChangeDeps = Pick<
  Runtime,
  'db' | 'ledger' | 'systemClock' | 'ids' | 'random' | 'secret' | 'personalData'
>

/**
 * Sends a code to the new phone. People are not told whether somebody else is registered with it: they have to show
 * first that it is theirs.
 *
 * @throws {NotFound} this tenant has no such registration @throws {WrongStatus} it is over
 * @throws {PistoProblem} `request_invalid`: keys say whose it is, people do not; `registration_invalid`: no mobile
 *   phone, or the same; `phone_duplicate`; `rate_limited`
 */
export async function startPhoneChange(
  deps: PhoneChangeDeps,
  call: Call,
  { phone: given, registrationId }: StartPhoneChange,
): Promise<PhoneChange> {
  requireFields(call, { registrationId })
  const code = drawn(deps)
  return perform<PhoneChange>(deps.ledger, call, async ({ reader, ledgerTime: at }) => {
    const { person, tenantId, livemode } = call
    const subject = person
      ? await subjectOfPerson(deps, reader, tenantId, person)
      : await subjectOfRegistration(deps, reader, tenantId, registrationId ?? '')
    const { owner, key, registrations } = subject
    const phone = otherPhone(deps, call, subject, given)
    if (person === undefined) await holderToVacate(deps, reader, tenantId, subject, phone)
    const sending = { owner, phone, locale: localeOf(subject), key, at }
    const { verification, companions } = await sendingCode(deps, reader, code, sending)
    return {
      purpose: 'phoneChange.started',
      companions,
      answer: { ...showVerification(verification, 'pending', livemode), registrationIds: idsOf(registrations) },
    }
  })
}

/**
 * The new phone takes the place of the old one: for signing in, for being paid by phone, for messages. Limits are the
 * person's, and stay. The old number is told; whoever has it then is nobody here. After an operator's change all
 * sessions of the person have ended.
 *
 * @throws {NotFound} `phone_verification_not_found`: also somebody else's
 * @throws {PistoProblem} as for `startPhoneChange`, and of codes
 */
export async function confirmPhoneChange(
  deps: PhoneChangeDeps,
  call: Call,
  id: string,
  { phone: given, code, actor, note }: ConfirmPhoneChange,
): Promise<PhoneChange> {
  requireFields(call, { actor, note })
  const [decisionId, messageId] = [deps.ids.next('dec'), deps.ids.next('msg')]
  return perform<PhoneChange>(deps.ledger, call, async ({ reader, ledgerTime: at }) => {
    const { tenantId, livemode } = call
    const found = await findOwnedVerification(reader, tenantId, id)
    const subject = found && (await subjectOf(deps, reader, call, found.owner))
    if (found === undefined || subject === undefined) throw new NotFound('phone_verification_not_found', { id })
    const { verification } = found
    const phone = otherPhone(deps, call, subject, given)
    if (phoneIndex(deps, tenantId, phone) !== verification.phone) throw invalid(NOT_SENT)
    const wrong = wrongTry(deps, call, verification, code, at)
    if (wrong !== undefined) return wrong

    const holder = await holderToVacate(deps, reader, tenantId, subject, phone)
    const { registrations, key } = subject
    const changed = await changing(deps, reader, call, subject, phone, { at, holder, isOwn: actor === undefined })
    const told = subject.phone && { id: messageId, to: subject.phone, text: PHONE_CHANGED[localeOf(subject)] }
    const companions = [
      ...[confirming(verification), ...changed],
      ...(told ? [queueing(deps, key, { ...told, code: null, createdAt: at })] : []),
    ]
    const decided = decidedBy(deps, call, subject, { id: decisionId, actor, note, at })
    return {
      purpose: decided?.purpose ?? 'person.phoneChanged',
      references: {
        ...Object.fromEntries(registrations.map((one) => [`${one.kind}Id`, one.id])),
        ...(decided && { decisionId }),
      },
      events: registrations.map(({ kind, id: objectId, status }) => ({
        ...{ type: `${kind}.phoneChanged` as const, objectId, status },
      })),
      commitments: decided?.commitments ?? [],
      companions: decided ? [...companions, decided.companion] : companions,
      answer: { ...showVerification(verification, 'confirmed', livemode), registrationIds: idsOf(registrations) },
    }
  })
}

/** What commits when the phone is another one. */
async function changing(
  deps: PhoneChangeDeps,
  reader: Queryable,
  call: Pick<Call, 'tenantId' | 'tenant'>,
  { personId, index: from, registrations }: Subject,
  phone: string,
  { at, holder, isOwn }: { readonly at: Date; readonly holder: string | undefined; readonly isOwn: boolean },
): Promise<CompanionRow[]> {
  const { tenantId } = call
  const to = phoneIndex(deps, tenantId, phone)
  const companions: CompanionRow[] = []
  for (const registration of registrations) {
    const { kind, id: registrationId, revision } = registration
    const next = { ...registration, phone, phoneConfirmation: { at, by: 'code' }, revision: revision + 1 } as const
    companions.push(...(await leaving(reader, call, registration, from, to, at)))
    companions.push(
      releasePhones.row({ kind, value: from, registrationId }),
      claimPhones.row({ kind, value: to, registrationId }),
      await editing(deps, reader, tenantId, { from: registration, to: next }),
    )
  }
  if (personId === null) return companions
  const time = deps.systemClock.now()
  const signedOut = [...(holder === undefined ? [] : [holder]), ...(isOwn ? [] : [personId])]
  return [
    ...companions,
    ...(holder === undefined ? [] : [vacatePhones.row({ personId: holder })]),
    movePhones.row({ personId, from, to }),
    moveInvitations.row({ from, to, time: at }),
    ...(await rewritingCards(deps, reader, tenantId, { personId, from, to, phone })),
    ...signedOut.map((id) => endSessions.row({ personId: id, time })),
  ]
}

/**
 * Limits are the person's, and stay. Whoever begins anew on either phone counts there, too: on the old one until the
 * month is over, and with it what was counted (docs/decisions/0018).
 */
async function leaving(
  reader: Queryable,
  { tenantId, tenant }: Pick<Call, 'tenantId' | 'tenant'>,
  { id, accountId, person }: Registration,
  from: string,
  to: string,
  at: Date,
): Promise<CompanionRow[]> {
  const groupId = accountId === null ? undefined : await groupOfAccount(reader, tenantId, accountId)
  if (groupId === undefined) return []
  return [
    leavePhones.row({ phone: from, groupId, registrationId: id }),
    ...(person.document === null ? [rememberPhones.row({ phone: to, groupId })] : []), // known by the phone alone
    forgetting(id, localDay(at, tenant.timeZone), tenant.timeZone),
  ]
}

/**
 * Refuses a phone that is somebody else's here.
 *
 * @returns Whoever has signed in with it and acts for nobody: the person themselves, most likely, with their new phone.
 * @throws {PistoProblem} `phone_duplicate`
 */
async function holderToVacate(
  deps: PhoneChangeDeps,
  reader: Queryable,
  tenantId: string,
  { personId, registrations }: Subject,
  phone: string,
): Promise<string | undefined> {
  const index = phoneIndex(deps, tenantId, phone)
  for (const { kind } of registrations) {
    const { phones } = await findTaken(reader, tenantId, kind, [{ document: null, phone: index }])
    if (phones.size > 0) throw taken()
  }
  const holder = personId === null ? undefined : await findPersonByPhone(reader, tenantId, index)
  if (holder !== undefined && (await findActiveMembers(reader, tenantId, holder)).length > 0) throw taken()
  return holder
}

/** The operator's decision, where it is one. */
function decidedBy(
  { random }: PhoneChangeDeps,
  call: Call,
  { owner, registrations, key }: Subject,
  said: { id: string; actor: string | undefined; note: string | undefined; at: Date },
) {
  const named = registrations.find(({ id }) => id === owner.id)
  if (said.actor === undefined || named === undefined) return undefined
  const { name: actor, clientId } = operatorOf(call, said.actor)
  const decision: NewDecision = {
    ...{ id: said.id, registration: named, caseId: null, action: 'changePhone', actor, clientId, saw: named },
    ...{ codes: [], note: said.note ?? null },
  }
  return { purpose: `${named.kind}.phoneChanged`, ...writtenDown(random, key, decision, said.at, named) }
}

/** @throws {PistoProblem} `registration_invalid` */
function otherPhone(deps: PhoneChangeDeps, { tenant, tenantId }: Call, { index }: Subject, given: string): string {
  const phone = checkedPhone({ country: tenant.country, phone: given })
  if (typeof phone !== 'string') throw invalid(phone)
  if (phoneIndex(deps, tenantId, phone) === index) throw invalid(SAME)
  return phone
}

/** @throws {PistoProblem} `request_invalid`: keys have to say these, and people may not */
function requireFields({ person }: Call, fields: Readonly<Record<string, string | undefined>>): void {
  const errors = Object.entries(fields).flatMap(([name, value]): FieldError[] => {
    if ((value === undefined) === (person !== undefined)) return []
    const [code, message, messageEs] = person ? NOT_YOURS : REQUIRED
    return [{ pointer: `/${name}`, code, message, messageEs }]
  })
  if (errors.length > 0) throw new PistoProblem('request_invalid', {}, { errors })
}

const REQUIRED = ['required', 'This field is required', 'Este campo es obligatorio'] as const
const NOT_YOURS = ['unknown_field', 'Only an institution says this', 'Esto solo lo dice una institución'] as const

const invalid = (error: FieldError): PistoProblem => new PistoProblem('registration_invalid', {}, { errors: [error] })
const taken = (): PistoProblem =>
  new PistoProblem('phone_duplicate', {}, { errors: [mistake('phone', 'phone_duplicate')] })

const SAME: FieldError = {
  pointer: '/phone',
  code: 'phone_same',
  message: 'This is the phone that they have',
  messageEs: 'Este es el teléfono que ya tiene',
}
const NOT_SENT: FieldError = {
  pointer: '/phone',
  code: 'phone_not_sent',
  message: 'The code was sent to another phone',
  messageEs: 'El código se envió a otro teléfono',
}

const idsOf = (registrations: readonly Registration[]): string[] => registrations.map(({ id }) => id)
const localeOf = ({ registrations: [first] }: Subject) => first?.locale ?? 'es'
