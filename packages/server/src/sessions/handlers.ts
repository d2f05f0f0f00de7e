import { NotFound, type OperationTable, PistoProblem, type Self, type Session as SessionAnswer } from '@pisto/contract'
import { findInvitations } from '../members/store.ts'
import type { Call } from '../platform/http/call.ts'
import type { Handlers } from '../platform/http/handlers.ts'
import { pageById } from '../platform/http/page.ts'
import { fullName } from '../registrations/registration.ts'
import { findRegistration } from '../registrations/store.ts'
import { openNames } from './device-names.ts'
import { type Membership, type Person, scopesOf } from './person.ts'
import { refreshSession } from './refresh.ts'
import { confirmSession, type SessionDeps, startSession } from './service.ts'
import { findSession, listSessions, moveToEnded, type Session } from './store.ts'

/** HTTP has been dealt with: input is valid, the caller is known, the operation is allowed. */
export const sessionHandlers = (deps: SessionDeps): Handlers<OperationTable['sessions']> => ({
  startSession: ({ body }, call) => startSession(deps, call, body),
  confirmSession: ({ sessionId, body }, call) => confirmSession(deps, call, sessionId, body),
  refreshSession: ({ sessionId, body }, call) => refreshSession(deps, call, sessionId, body.refreshToken),

  async listSessions({ query }, call) {
    const personId = call.person?.id ?? query.personId
    let names: ReadonlyMap<string, string> = new Map()
    return pageById(
      query,
      'ses',
      async (page) => {
        const sessions = await listSessions(deps.db, call.tenantId, { personId, ...page })
        names = await openNames(deps, call.tenantId, sessions)
        return sessions
      },
      (session) => showSession(session, names.get(session.id) ?? null, call),
    )
  },

  async endSession({ sessionId }, call) {
    const found = await findSession(deps.db, call.tenantId, sessionId)
    if (!found?.deviceThumbprint) throw new NotFound('session_not_found', { id: sessionId })
    await moveToEnded(deps.db, call.tenantId, sessionId, { reason: 'ended', now: deps.systemClock.now() })
    const session = (await findSession(deps.db, call.tenantId, sessionId)) ?? found
    return showSession(session, (await openNames(deps, call.tenantId, [session])).get(session.id) ?? null, call)
  },

  getSelf: (_, call) => getSelf(deps, call),
})

function showSession(session: Session, deviceName: string | null, { livemode, person }: Call): SessionAnswer {
  const { id, status, personId, createdAt, rotatedAt, endedAt, endReason } = session
  return {
    id,
    livemode,
    status: status === 'active' ? 'active' : 'ended',
    personId: personId ?? '',
    deviceName,
    isCurrent: id === person?.sessionId,
    createdAt: createdAt.toISOString(),
    lastUsedAt: (rotatedAt ?? createdAt).toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    endReason,
  }
}

async function getSelf(deps: SessionDeps, { tenantId, livemode, person }: Call): Promise<Self> {
  if (person === undefined) throw new PistoProblem('scope_missing', { scope: 'self' })
  const shown = (memberships: readonly Omit<Membership, 'hasAccount'>[]) =>
    Promise.all(memberships.map((membership) => showRegistration(deps, tenantId, membership)))
  return {
    livemode,
    personId: person.id,
    sessionId: person.sessionId,
    scope: [...scopesOf(person.memberships)].join(' '),
    registrations: await shown(person.memberships),
    invitations: await shown(await invitationsOf(deps.db, tenantId, person)),
  }
}

async function invitationsOf(db: SessionDeps['db'], tenantId: string, { phone }: Person) {
  const invitations = phone === null ? [] : await findInvitations(db, tenantId, phone)
  return invitations.map(({ id, kind, registrationId, role }) => ({ memberId: id, kind, registrationId, role }))
}

/** Whoever charges for a shop is told its name and no more. */
async function showRegistration(
  deps: SessionDeps,
  tenantId: string,
  { memberId, kind, registrationId, role }: Omit<Membership, 'hasAccount'>,
): Promise<Self['registrations'][number]> {
  const registration = await findRegistration(deps, deps.db, tenantId, kind, registrationId)
  if (registration === undefined) throw new Error(`the member ${memberId} is of no registration`)
  const { business, person, status } = registration
  const name = business?.tradeName ?? fullName(person)
  return { memberId, kind, id: registrationId, role, name, status }
}
