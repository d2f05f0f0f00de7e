import { Conditions, isTypeId, type Queryable, toTypeId, toUuid } from '@pisto/ledger'

type SessionStatus = 'pending' | 'exhausted' | 'active' | 'ended'

/** A person on a device, or somebody who began to sign in. Times are protocol time. */
export interface Session {
  /** `ses_…` */
  readonly id: string
  readonly status: SessionStatus
  /** Until it is confirmed; null: a till's. */
  readonly phone: string | null
  /** `per_…`; null until it is confirmed, but for tills. */
  readonly personId: string | null
  readonly codeHmac: Uint8Array
  readonly wrongTries: number
  readonly codeExpiresAt: Date
  /** The device's name, under the session's key. */
  readonly sealedName: Uint8Array | null
  /** Of the device's public key, RFC 7638. */
  readonly deviceThumbprint: string | null
  readonly refreshHash: Uint8Array | null
  readonly refreshExpiresAt: Date | null
  readonly previousRefreshHash: Uint8Array | null
  readonly rotationHash: Uint8Array | null
  readonly rotatedAt: Date | null
  readonly endReason: 'ended' | 'refreshTokenReused' | 'phoneChanged' | null
  readonly endedAt: Date | null
  readonly createdAt: Date
}

/** Whose session it is. Anybody may ask: one that is unknown costs a look-up. */
export async function findSessionTenant(db: Queryable, sessionId: string): Promise<string | undefined> {
  if (!isTypeId(sessionId, 'ses')) return undefined
  const [row] = await db.query<{ tenant_id: string }>('select tenant_id from session_tenants where session_id = $1', [
    toUuid(sessionId),
  ])
  return row && toTypeId('ten', row.tenant_id)
}

export interface NewSession
  extends Pick<Session, 'id' | 'phone' | 'personId' | 'codeHmac' | 'codeExpiresAt' | 'sealedName' | 'createdAt'> {
  readonly startHash: Uint8Array | null
}

/** The look-up first: a row that leads to no session leads nowhere. */
export async function insertSession(db: Queryable, tenantId: string, session: NewSession): Promise<void> {
  const [tenant, id] = [toUuid(tenantId, 'ten'), toUuid(session.id, 'ses')]
  await db.query('insert into session_tenants (session_id, tenant_id) values ($1, $2)', [id, tenant])
  await db.query(
    `insert into sessions (tenant_id, id, status, phone, person_id, start_hash, code_hmac, wrong_tries, code_expires_at,
                           sealed_name, created_at)
     values ($1, $2, 'pending', $3, $4, $5, $6, 0, $7, $8, $9)`,
    [
      ...[tenant, id, session.phone, session.personId && toUuid(session.personId, 'per')],
      ...[session.startHash, session.codeHmac, session.codeExpiresAt, session.sealedName, session.createdAt],
    ],
  )
}

/** @returns Undefined: this tenant has no such session; also for ids that are none. */
export async function findSession(reader: Queryable, tenantId: string, id: string): Promise<Session | undefined> {
  if (!isTypeId(id, 'ses')) return undefined
  const [row] = await reader.query<SessionRow>(`select ${COLUMNS} from sessions where tenant_id = $1 and id = $2`, [
    toUuid(tenantId, 'ten'),
    toUuid(id),
  ])
  return row && toSession(row)
}

/** The session that was begun under this key and is young enough to be meant. */
export async function findStarted(
  reader: Queryable,
  tenantId: string,
  startHash: Uint8Array,
  now: Date,
): Promise<Session | undefined> {
  const [row] = await reader.query<SessionRow>(
    `select ${COLUMNS} from sessions where tenant_id = $1 and start_hash = $2 and code_expires_at > $3
     order by id desc limit 1`,
    [toUuid(tenantId, 'ten'), startHash, now],
  )
  return row && toSession(row)
}

/** Counts a wrong code. @returns False: somebody else was quicker, look again. */
export async function countWrongTry(db: Queryable, tenantId: string, from: Session, isLast: boolean): Promise<boolean> {
  const rows = await db.query(
    `update sessions set wrong_tries = $4, status = $5
     where tenant_id = $1 and id = $2 and status = 'pending' and wrong_tries = $3 returning id`,
    [
      ...[toUuid(tenantId, 'ten'), toUuid(from.id, 'ses'), from.wrongTries, from.wrongTries + 1],
      isLast ? 'exhausted' : 'pending',
    ],
  )
  return rows.length > 0
}

export interface Activation {
  readonly personId: string
  /** The device's name, under the session's key. */
  readonly sealedName: Uint8Array | null
  readonly deviceThumbprint: string
  readonly refreshHash: Uint8Array
  readonly refreshExpiresAt: Date
  readonly now: Date
}

/** Signs a device in; the phone is no longer needed. @returns False: somebody else was quicker, look again. */
export async function activateSession(
  db: Queryable,
  tenantId: string,
  { id, wrongTries }: Session,
  to: Activation,
): Promise<boolean> {
  const rows = await db.query(
    `update sessions set status = 'active', phone = null, person_id = $4, sealed_name = $5, device_thumbprint = $6,
       refresh_hash = $7, refresh_expires_at = $8, rotated_at = $9
     where tenant_id = $1 and id = $2 and wrong_tries = $3
       and (status = 'pending' or (status = 'active' and device_thumbprint = $6 and previous_refresh_hash is null))
     returning id`,
    [
      ...[toUuid(tenantId, 'ten'), toUuid(id, 'ses'), wrongTries, toUuid(to.personId, 'per'), to.sealedName],
      ...[to.deviceThumbprint, to.refreshHash, to.refreshExpiresAt, to.now],
    ],
  )
  return rows.length > 0
}

export interface Rotation {
  readonly refreshHash: Uint8Array
  readonly previousRefreshHash: Uint8Array
  /** Of the idempotency key. */
  readonly rotationHash: Uint8Array | null
  readonly refreshExpiresAt: Date
  readonly now: Date
}

/** The next refresh token takes the place of the present one. @returns False: somebody else was quicker. */
export async function rotateRefresh(
  db: Queryable,
  tenantId: string,
  { id, refreshHash }: Session,
  to: Rotation,
): Promise<boolean> {
  const rows = await db.query(
    `update sessions set refresh_hash = $4, previous_refresh_hash = $5, rotation_hash = $6, refresh_expires_at = $7,
       rotated_at = $8
     where tenant_id = $1 and id = $2 and status = 'active' and refresh_hash = $3 returning id`,
    [
      ...[toUuid(tenantId, 'ten'), toUuid(id, 'ses'), refreshHash, to.refreshHash, to.previousRefreshHash],
      ...[to.rotationHash, to.refreshExpiresAt, to.now],
    ],
  )
  return rows.length > 0
}

/** Ends a session that has not ended. */
export async function moveToEnded(
  db: Queryable,
  tenantId: string,
  id: string,
  { reason, now }: { readonly reason: NonNullable<Session['endReason']>; readonly now: Date },
): Promise<void> {
  await db.query(
    `update sessions set status = 'ended', end_reason = $3, ended_at = $4, refresh_hash = null
     where tenant_id = $1 and id = $2 and status = 'active'`,
    [toUuid(tenantId, 'ten'), toUuid(id, 'ses'), reason, now],
  )
}

/** Ends all sessions of a person but one: a till has one device. */
export async function endOthers(
  db: Queryable,
  tenantId: string,
  { personId, exceptId, now }: { readonly personId: string; readonly exceptId: string | null; readonly now: Date },
): Promise<void> {
  await db.query(
    `update sessions set status = 'ended', end_reason = 'ended', ended_at = $4, refresh_hash = null
     where tenant_id = $1 and person_id = $2 and status in ('active', 'pending') and ($3::uuid is null or id <> $3)`,
    [toUuid(tenantId, 'ten'), toUuid(personId, 'per'), exceptId && toUuid(exceptId, 'ses'), now],
  )
}

/** Sign-ins that nobody finished are forgotten. */
export async function forgetUnfinished(db: Queryable, tenantId: string, before: Date): Promise<void> {
  const rows = await db.query<{ id: string }>(
    `delete from sessions where tenant_id = $1 and status in ('pending', 'exhausted') and created_at < $2 returning id`,
    [toUuid(tenantId, 'ten'), before],
  )
  for (const { id } of rows) {
    await db.query('delete from session_tenants where session_id = $1', [id])
    await db.query('delete from person_keys where tenant_id = $1 and person_id = $2', [toUuid(tenantId, 'ten'), id])
  }
}

export interface SessionFilter {
  readonly personId?: string | undefined
  /** Only those older than this id. */
  readonly before?: string | undefined
  readonly limit: number
}

/** Newest first; sign-ins that were not finished are none. */
export async function listSessions(
  reader: Queryable,
  tenantId: string,
  { personId, before, limit }: SessionFilter,
): Promise<Session[]> {
  const where = new Conditions(toUuid(tenantId, 'ten'))
  if (personId !== undefined) where.add((add) => `person_id = ${add(toUuid(personId, 'per'))}`)
  if (before !== undefined) where.add((add) => `id < ${add(toUuid(before, 'ses'))}`)
  const rows = await reader.query<SessionRow>(
    `select ${COLUMNS} from sessions
     where tenant_id = $1 and status in ('active', 'ended') and device_thumbprint is not null${where.sql}
     order by id desc limit ${where.parameter(limit)}`,
    where.parameters,
  )
  return rows.map(toSession)
}

const COLUMNS = `id, status, phone, person_id, code_hmac, wrong_tries, code_expires_at, sealed_name, device_thumbprint,
  refresh_hash, refresh_expires_at, previous_refresh_hash, rotation_hash, rotated_at, end_reason, ended_at, created_at`

interface SessionRow {
  readonly id: string
  readonly status: SessionStatus
  readonly phone: string | null
  readonly person_id: string | null
  readonly code_hmac: Uint8Array
  readonly wrong_tries: number
  readonly code_expires_at: Date
  readonly sealed_name: Uint8Array | null
  readonly device_thumbprint: string | null
  readonly refresh_hash: Uint8Array | null
  readonly refresh_expires_at: Date | null
  readonly previous_refresh_hash: Uint8Array | null
  readonly rotation_hash: Uint8Array | null
  readonly rotated_at: Date | null
  readonly end_reason: Session['endReason']
  readonly ended_at: Date | null
  readonly created_at: Date
}

const toSession = (row: SessionRow): Session => ({
  id: toTypeId('ses', row.id),
  status: row.status,
  phone: row.phone,
  personId: row.person_id === null ? null : toTypeId('per', row.person_id),
  codeHmac: row.code_hmac,
  wrongTries: row.wrong_tries,
  codeExpiresAt: row.code_expires_at,
  sealedName: row.sealed_name,
  deviceThumbprint: row.device_thumbprint,
  refreshHash: row.refresh_hash,
  refreshExpiresAt: row.refresh_expires_at,
  previousRefreshHash: row.previous_refresh_hash,
  rotationHash: row.rotation_hash,
  rotatedAt: row.rotated_at,
  endReason: row.end_reason,
  endedAt: row.ended_at,
  createdAt: row.created_at,
})
