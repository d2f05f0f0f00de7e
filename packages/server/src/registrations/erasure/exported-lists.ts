import { type Ledger, type Queryable, toTypeId, toUuid } from '@pisto/ledger'
import { showAccount } from '../../accounts/show.ts'
import { listEnrolments, showEnrolment } from '../../agents/enrolments.ts'
import { showDocument } from '../../documents/document.ts'
import { hasContent } from '../../documents/states.ts'
import { listDocuments } from '../../documents/store.ts'
import { listViews } from '../../documents/views.ts'
import { cardOf } from '../../members/member.ts'
import { findActiveMembers, listMembers } from '../../members/store.ts'
import type { PersonalData } from '../../platform/personal-data/personal-data.ts'
import { listPortsOf } from '../../portability/store.ts'
import { openNames } from '../../sessions/device-names.ts'
import { listSessions } from '../../sessions/store.ts'
import type { Registration } from '../registration.ts'

const PAGE = 1_000

type ListPage = { readonly before: string | undefined; readonly limit: number }

/** All of a list whose newest come first, page by page. */
export async function everything<Row extends { readonly id: string }>(
  list: (page: ListPage) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const all: Row[] = []
  for (let before: string | undefined; ; before = all.at(-1)?.id) {
    const page = await list({ before, limit: PAGE })
    all.push(...page)
    if (page.length < PAGE) return all
  }
}

/** Each with when operators looked at it, and the request that answers with the file: together they may have a gigabyte. */
export async function documentsOf(db: Queryable, tenantId: string, registration: Registration, livemode: boolean) {
  const { kind, id } = registration
  const documents = await everything((page) => listDocuments(db, tenantId, id, page))
  return Promise.all(
    documents.map(async (document) => ({
      ...showDocument(document, { livemode, person: registration }),
      content: hasContent(document.status)
        ? { method: 'POST', path: `/v1/${kind}s/${id}/documents/${document.id}/view` }
        : null,
      views: (await everything((page) => listViews(db, tenantId, document.id, page))).map(({ time }) => ({ time })),
    })),
  )
}

export async function verificationsOf(db: Queryable, tenantId: string, id: string) {
  const rows = await db.query<{ id: string; status: string; created_at: Date; expires_at: Date }>(
    `select id, status, created_at, expires_at from phone_verifications
     where tenant_id = $1 and registration_id = $2 order by id`,
    [toUuid(tenantId, 'ten'), toUuid(id)],
  )
  return rows.map((row) => ({
    id: toTypeId('phv', row.id),
    status: row.status,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }))
}

/** Whose entries are many is given the newest, and the request that goes on after them. */
export async function accountsOf(ledger: Ledger, tenantId: string, { accountId }: Registration, livemode: boolean) {
  if (accountId === null) return []
  const account = await ledger.findAccount(tenantId, accountId)
  if (account === undefined) return []
  const { data, nextCursor } = await ledger.listEntries(tenantId, accountId, { limit: PAGE })
  const newest = data.map(({ transactionId, amount, direction, purpose, time }) => {
    return { transactionId, amount, direction, purpose, time: time.toISOString() }
  })
  const path = `/v1/accounts/${accountId}/entries?after=${encodeURIComponent(nextCursor ?? '')}`
  const olderEntries = nextCursor === null ? null : { method: 'GET', path }
  return [{ ...showAccount(account, livemode), entryCount: newest.length, newestEntries: newest, olderEntries }]
}

export async function enrolmentsOf(db: Queryable, tenantId: string, registrationId: string, livemode: boolean) {
  const enrolments = await everything((page) =>
    listEnrolments(db, tenantId, { ...page, agentId: undefined, registrationId }),
  )
  return enrolments.map((enrolment) => {
    const { agentId: _, deviceId: __, ...told } = showEnrolment(enrolment, livemode)
    return told
  })
}

/** Of the others who act for the shop only that there is somebody: their names and phones are theirs. */
export async function membersOf(
  { db, personalData }: { readonly db: Queryable; readonly personalData: PersonalData },
  tenantId: string,
  { kind, id }: Registration,
  personId: string | undefined,
) {
  const ofShop = await Promise.all(
    [false, true].map((tills) =>
      everything((page) => listMembers(db, tenantId, { ...page, kind, registrationId: id, tills })),
    ),
  )
  const own = personId === undefined ? [] : await findActiveMembers(db, tenantId, personId)
  const elsewhere = own.filter(({ registrationId }) => registrationId !== id)
  const key = await personalData.keyOf(db, { tenantId, personId: id })
  return [...ofShop.flat(), ...elsewhere].map((member) => {
    const isOwn = member.personId !== null && member.personId === personId
    return {
      ...{ id: member.id, registrationId: member.registrationId, role: member.role, status: member.status, isOwn },
      card: isOwn && member.registrationId === id ? cardOf(key, member) : null,
      createdAt: member.createdAt.toISOString(),
      joinedAt: member.joinedAt?.toISOString() ?? null,
      removedAt: member.removedAt?.toISOString() ?? null,
    }
  })
}

/** The person's devices, as they signed in on them. */
export async function sessionsOf(
  deps: { readonly db: Queryable; readonly personalData: PersonalData },
  tenantId: string,
  personId: string,
) {
  const sessions = await everything((page) => listSessions(deps.db, tenantId, { personId, ...page }))
  const names = await openNames(deps, tenantId, sessions)
  return sessions.map(({ id, status, deviceThumbprint, createdAt, rotatedAt, endedAt, endReason }) => ({
    ...{ id, status, personId, deviceName: names.get(id) ?? null, deviceThumbprint, endReason },
    createdAt: createdAt.toISOString(),
    lastUsedAt: (rotatedAt ?? createdAt).toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  }))
}

/** Of each device how many payments it made, the first and the last. */
export async function paymentDevicesOf(db: Queryable, tenantId: string, { accountId }: Registration) {
  if (accountId === null) return []
  const rows = await db.query<{ device: string; count: bigint; first_at: Date; last_at: Date }>(
    `select device, count(*) as count, min(created_at) as first_at, max(created_at) as last_at from payment_devices
     where tenant_id = $1 and payer_account_id = $2 group by device order by device`,
    [toUuid(tenantId, 'ten'), toUuid(accountId, 'acc')],
  )
  return rows.map(({ device, count, first_at: first, last_at: last }) => ({
    ...{ deviceThumbprint: device, paymentCount: Number(count) },
    ...{ firstAt: first.toISOString(), lastAt: last.toISOString() },
  }))
}

/** Without why one was refused: a case may be behind it. */
export async function movesOf(db: Queryable, tenantId: string, { kind, id }: Registration) {
  if (kind !== 'merchant') return []
  const ports = await listPortsOf(db, tenantId, id)
  return ports.map(({ id: portId, direction, status, otherCode, consent, sealed, createdAt }) => ({
    ...{ id: portId, direction, status, tenantCode: otherCode },
    consent: { ...consent, acceptedAt: consent.acceptedAt.toISOString() },
    evidence: sealed === null ? null : { method: 'GET', path: `/v1/ports/${portId}/bundle` },
    createdAt: createdAt.toISOString(),
  }))
}
