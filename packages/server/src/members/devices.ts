import { createHmac } from 'node:crypto'
import { type Device, NotFound, type Pairing, WrongStatus } from '@pisto/contract'
import { type Queryable, sqlArray, toTypeId, toUuid } from '@pisto/ledger'
import { MERCHANT } from '../merchants/merchant.ts'
import { writeCompanion } from '../platform/database/write-companion.ts'
import type { Call } from '../platform/http/call.ts'
import { type PageQuery, pageById } from '../platform/http/page.ts'
import { performFor } from '../platform/personal-data/perform-for.ts'
import type { PersonKey } from '../platform/personal-data/person-key.ts'
import { drawCode, hashCode } from '../registrations/phone-verification/code.ts'
import { CODE_SECONDS } from '../registrations/phone-verification/states.ts'
import { getRegistration } from '../registrations/service.ts'
import { personOf } from '../sessions/people.ts'
import { endOthers, findStarted, insertSession } from '../sessions/store.ts'
import { cardOf, type Member, removed, sealCard } from './member.ts'
import { getOpenShop, keyOf, type MemberDeps } from './service.ts'
import { findMember, insertMembers, listMembers, moveMembers } from './store.ts'

/**
 * Names a till. It is a person of its own, who has no phone.
 *
 * @throws {NotFound} `merchant_not_found` @throws {WrongStatus} the shop is closed or was rejected
 */
export async function createDevice(deps: MemberDeps, call: Call, merchantId: string, name: string): Promise<Device> {
  const id = deps.ids.next('mbr')
  await getOpenShop(deps, deps.db, call.tenantId, merchantId)
  const personId = await personOf(deps, call.tenantId, null, deps.systemClock.now())
  return performFor<Device>(deps, call, async ({ reader, ledgerTime }) => {
    await getOpenShop(deps, reader, call.tenantId, merchantId)
    const key = await keyOf(deps, reader, call.tenantId, merchantId)
    const till: Member = {
      ...{ id, kind: 'merchant', registrationId: merchantId, personId, role: 'till', status: 'active' },
      ...{ phone: null, sealed: sealCard(key, id, { name, phone: null }) },
      ...{ createdAt: ledgerTime, joinedAt: ledgerTime, removedAt: null },
    }
    return {
      purpose: 'member.joined',
      references: { merchantId, memberId: id, role: 'till' },
      companions: [insertMembers.row(till)],
      key,
      answer: showDevice(key, till, undefined, call.livemode),
    }
  })
}

/**
 * A code for a device to sign in as the till. The same idempotency key gives the same code again; it is in no table.
 *
 * @throws {NotFound} `merchant_not_found`, `device_not_found` @throws {WrongStatus} the till was ended
 */
export async function pairDevice(deps: MemberDeps, call: Call, merchantId: string, deviceId: string): Promise<Pairing> {
  const { db, secret } = deps
  const { tenantId, livemode, idempotencyKey: key } = call
  const till = await getTill(deps, db, tenantId, merchantId, deviceId)
  if (till.status !== 'active' || till.personId === null) {
    throw new WrongStatus('member_wrong_status', { status: till.status })
  }
  const now = deps.systemClock.now()
  const keyed = (text: string) => createHmac('sha256', secret).update(text).digest()
  const startHash = key === undefined ? null : new Uint8Array(keyed(`pairing\n${deviceId}\n${key}`))
  const started = startHash && (await findStarted(db, tenantId, startHash, now))
  const sessionId = started ? started.id : deps.ids.next('ses')
  const codeExpiresAt = started ? started.codeExpiresAt : new Date(now.getTime() + CODE_SECONDS * 1000)
  const code = drawCode(bytesOf((counter) => keyed(`pairing-code\n${sessionId}\n${counter}`)))
  if (started) call.replayed = true
  else {
    const { key: sessionKey, companion } = await deps.personalData.newKey({ tenantId, personId: sessionId }, now)
    const name = cardOf(await keyOf(deps, db, tenantId, merchantId), till)?.name ?? ''
    await writeCompanion(db, tenantId, companion)
    await insertSession(db, tenantId, {
      ...{ id: sessionId, phone: null, personId: till.personId, startHash, codeExpiresAt, createdAt: now },
      ...{ codeHmac: hashCode(secret, sessionId, code), sealedName: sessionKey.sealJson('device', name) },
    })
  }
  return { deviceId, livemode, sessionId, code, expiresAt: codeExpiresAt.toISOString() }
}

/** Bytes that are the same for the same session, and that nobody guesses without the server's secret. */
function bytesOf(block: (counter: number) => Uint8Array): (length: number) => Uint8Array {
  let counter = 0
  return (length) => new Uint8Array(block(counter++).subarray(0, length))
}

export async function listDevices(
  deps: MemberDeps,
  { tenantId, livemode }: Call,
  merchantId: string,
  query: PageQuery,
): Promise<{ data: Device[]; nextCursor: string | null }> {
  const { db } = deps
  await getRegistration(deps, db, tenantId, MERCHANT, merchantId)
  const key = await keyOf(deps, db, tenantId, merchantId)
  let lastUse: ReadonlyMap<string, Date> = new Map()
  return pageById(
    query,
    'mbr',
    async (page) => {
      const tills = await listMembers(db, tenantId, {
        ...{ kind: 'merchant', registrationId: merchantId, tills: true },
        ...page,
      })
      lastUse = await findLastUse(db, tenantId, tills)
      return tills
    },
    (till) => showDevice(key, till, lastUse.get(till.personId ?? ''), livemode),
  )
}

/** Signs the till out at once, and for good. @throws {NotFound} @throws {WrongStatus} it was ended before */
export async function endDevice(deps: MemberDeps, call: Call, merchantId: string, deviceId: string): Promise<Device> {
  const ended = await performFor<Device>(deps, call, async ({ reader, ledgerTime }) => {
    const from = await getTill(deps, reader, call.tenantId, merchantId, deviceId)
    if (from.status === 'removed') throw new WrongStatus('member_wrong_status', { status: from.status })
    const key = await keyOf(deps, reader, call.tenantId, merchantId)
    const to = removed(key, from, ledgerTime)
    const lastUse = await findLastUse(reader, call.tenantId, [from])
    return {
      purpose: 'member.removed',
      references: { merchantId, memberId: deviceId, role: 'till' },
      companions: [moveMembers.row({ from, to })],
      key,
      answer: showDevice(key, to, lastUse.get(from.personId ?? ''), call.livemode),
    }
  })
  const till = await findMember(deps.db, call.tenantId, merchantId, deviceId)
  if (till?.personId) {
    const now = deps.systemClock.now()
    await endOthers(deps.db, call.tenantId, { personId: till.personId, exceptId: null, now })
  }
  return ended
}

/** @throws {NotFound} `merchant_not_found`, `device_not_found`: also for a member */
async function getTill(
  deps: MemberDeps,
  reader: Queryable,
  tenantId: string,
  merchantId: string,
  id: string,
): Promise<Member> {
  await getRegistration(deps, reader, tenantId, MERCHANT, merchantId)
  const till = await findMember(reader, tenantId, merchantId, id)
  if (till?.role !== 'till') throw new NotFound('device_not_found', { id })
  return till
}

/** When devices last renewed their tokens, by person. */
async function findLastUse(
  reader: Queryable,
  tenantId: string,
  tills: readonly Member[],
): Promise<ReadonlyMap<string, Date>> {
  const ids = tills.flatMap(({ personId }) => (personId === null ? [] : [toUuid(personId, 'per')]))
  const rows = await reader.query<{ person_id: string; at: Date | null }>(
    `select person_id, max(rotated_at) as at from sessions where tenant_id = $1 and person_id = any($2::uuid[])
     group by person_id`,
    [toUuid(tenantId, 'ten'), sqlArray(ids)],
  )
  return new Map(rows.flatMap(({ person_id, at }) => (at === null ? [] : [[toTypeId('per', person_id), at] as const])))
}

function showDevice(key: PersonKey, till: Member, lastUsedAt: Date | undefined, livemode: boolean): Device {
  const { id, registrationId, status, createdAt, removedAt } = till
  return {
    id,
    livemode,
    merchantId: registrationId,
    name: cardOf(key, till)?.name ?? '',
    status: status === 'removed' ? 'ended' : lastUsedAt === undefined ? 'unpaired' : 'active',
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    endedAt: removedAt?.toISOString() ?? null,
  }
}
