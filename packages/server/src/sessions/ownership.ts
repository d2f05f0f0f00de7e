import {
  NotFound,
  type Operation,
  type OwnedId,
  type PersonRight,
  PistoProblem,
  type ProblemCode,
} from '@pisto/contract'
import type { Ledger, Queryable } from '@pisto/ledger'
import { findInvitations } from '../members/store.ts'
import { findPaymentRequest } from '../payment-requests/store.ts'
import { findPayment } from '../payments/store.ts'
import type { Membership, Person } from './person.ts'
import { findSession } from './store.ts'

export interface OwnershipDeps {
  readonly db: Queryable
  readonly ledger: Pick<Ledger, 'findAccount'>
}

interface Asked {
  readonly person: Person
  readonly tenantId: string
  readonly operation: Pick<Operation, 'person'>
  /** Path parameters by name, and the body. */
  readonly input: { readonly body?: unknown }
}

/**
 * Lets a person go on only with what is theirs.
 *
 * @throws {NotFound} it is another's: the same as if it were nobody's
 * @throws {PistoProblem} `scope_missing`: it is their shop's, and not theirs to do there
 */
export type RequireOwn = (asked: Asked) => Promise<void>

/** What an id means that leads nowhere, or to what is another's. */
const NOT_FOUND: Readonly<Record<OwnedId, ProblemCode>> = {
  merchantId: 'merchant_not_found',
  consumerId: 'consumer_not_found',
  accountId: 'account_not_found',
  payerAccountId: 'account_not_found',
  paymentId: 'payment_not_found',
  paymentRequestId: 'payment_request_not_found',
  sessionId: 'session_not_found',
}

/** The one place where it is decided whose an object is. What each operation asks is in its entry of the table. */
export function createRequireOwn(deps: OwnershipDeps): RequireOwn {
  return async ({ person, tenantId, operation: { person: rule }, input }) => {
    for (const [name, right] of Object.entries(rule?.of ?? {}) as [OwnedId, PersonRight][]) {
      const id = idOf(input, name)
      const relation = await relationTo({ ...deps, tenantId }, person, name, id)
      if (relation.allows.has(right)) continue
      if (relation.isKnown) throw new PistoProblem('scope_missing', { scope: rule?.scope ?? '' })
      throw new NotFound(NOT_FOUND[name], { id })
    }
  }
}

function idOf(input: Asked['input'], name: OwnedId): string {
  const { body, ...path } = input
  const found = (path as Record<string, unknown>)[name] ?? (body as Record<string, unknown> | undefined)?.[name]
  return typeof found === 'string' ? found : ''
}

/** What somebody is to an object. */
interface Relation {
  readonly allows: ReadonlySet<PersonRight>
  /** They know of it anyway: a refusal may say why. */
  readonly isKnown: boolean
}

const STRANGER: Relation = { allows: new Set(), isKnown: false }

type Reader = OwnershipDeps & { readonly tenantId: string }

async function relationTo(reader: Reader, person: Person, name: OwnedId, id: string): Promise<Relation> {
  switch (name) {
    case 'merchantId':
      return toShop(reader, person, id)
    case 'consumerId':
      return toRegistration(person, id)
    case 'accountId':
    case 'payerAccountId':
      return toAccount(reader, person, id)
    case 'paymentId':
      return toPayment(reader, person, id)
    case 'paymentRequestId':
      return toRequest(reader, person, id)
    case 'sessionId':
      return toSession(reader, person, id)
  }
}

const membershipOf = ({ memberships }: Person, registrationId: string): Membership | undefined =>
  memberships.find((candidate) => candidate.registrationId === registrationId)

function toRegistration(person: Person, id: string): Relation {
  const membership = membershipOf(person, id)
  if (membership === undefined) return STRANGER
  return { allows: new Set(membership.role === 'owner' ? ['owner', 'staff'] : ['staff']), isKnown: true }
}

async function toShop({ db, tenantId }: Reader, person: Person, id: string): Promise<Relation> {
  const relation = toRegistration(person, id)
  if (relation.isKnown || person.phone === null) return relation
  const invitations = await findInvitations(db, tenantId, person.phone)
  const isInvited = invitations.some(({ registrationId }) => registrationId === id)
  return isInvited ? { allows: new Set(['invited']), isKnown: false } : STRANGER
}

/** Whoever only charges knows nothing of the shop's account. */
async function toAccount({ ledger, tenantId }: Reader, person: Person, id: string): Promise<Relation> {
  const account = await ledger.findAccount(tenantId, id)
  const isOwn = membershipOf(person, account?.ownerId ?? '')?.role === 'owner'
  return isOwn ? { allows: new Set(['owner']), isKnown: true } : STRANGER
}

async function toPayment(reader: Reader, person: Person, id: string): Promise<Relation> {
  const payment = await findPayment(reader.db, reader.tenantId, id)
  if (payment === undefined) return STRANGER
  const allows = new Set<PersonRight>()
  const payee = membershipOf(person, payment.merchantId)
  if (payee?.role === 'owner') allows.add('owner').add('party')
  if (payee !== undefined && payee.memberId === payment.memberId) allows.add('party')
  if ((await toAccount(reader, person, payment.payerAccountId)).isKnown) allows.add('payer').add('party')
  return { allows, isKnown: allows.size > 0 }
}

async function toRequest({ db, tenantId }: Reader, person: Person, id: string): Promise<Relation> {
  const request = await findPaymentRequest(db, tenantId, id)
  const payee = request && membershipOf(person, request.merchantId)
  const isOwn = payee?.role === 'owner' || (payee !== undefined && payee.memberId === request?.memberId)
  return isOwn ? { allows: new Set(['owner', 'staff']), isKnown: true } : STRANGER
}

async function toSession({ db, tenantId }: Reader, person: Person, id: string): Promise<Relation> {
  const session = await findSession(db, tenantId, id)
  return session?.personId === person.id ? { allows: new Set(['self']), isKnown: true } : STRANGER
}
