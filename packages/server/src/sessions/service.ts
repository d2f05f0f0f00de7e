import { createHmac } from 'node:crypto'
import {
  type ConfirmSession,
  NotFound,
  PistoProblem,
  type SessionTokens,
  type StartedSession,
  type StartSession,
  WrongStatus,
} from '@pisto/contract'
import { calculateJwkThumbprint, importJWK, type JWK } from 'jose'
import { writeCompanion } from '../platform/database/write-companion.ts'
import type { Call } from '../platform/http/call.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { checkedPhone } from '../registrations/check-form.ts'
import { drawCode, hashCode, isSameHash, SANDBOX_CODE } from '../registrations/phone-verification/code.ts'
import { messageWith } from '../registrations/phone-verification/message.ts'
import { CODE_SECONDS, judgeCode } from '../registrations/phone-verification/states.ts'
import { queueing } from '../sandbox/inbox.ts'
import type { TenantDirectory } from '../tenants/directory.ts'
import { adoptRegistrations } from './adoption.ts'
import { type CodeLimits, type CodeSubject, countCode } from './code-limits.ts'
import { personOf } from './people.ts'
import { phoneIndex } from './phone-index.ts'
import {
  activateSession,
  countWrongTry,
  endOthers,
  findSession,
  findSessionTenant,
  findStarted,
  forgetUnfinished,
  insertSession,
  type Session,
} from './store.ts'
import { drawRefreshToken, type TokenDeps, tokensFor } from './tokens.ts'

export interface SessionDeps
  extends TokenDeps,
    Pick<Runtime, 'db' | 'ledger' | 'clock' | 'systemClock' | 'ids' | 'random' | 'secret' | 'personalData'> {
  readonly tenants: Pick<TenantDirectory, 'get' | 'findByCode'>
  readonly codeLimits: CodeLimits
}

const DAY_MS = 86_400_000

/**
 * Sends a code to a phone. It is the same for every phone: whether somebody is registered with it, is not looked at
 * before the code was confirmed. By protocol time; nothing of it is in the books.
 *
 * @throws {NotFound} `tenant_not_found`
 * @throws {PistoProblem} `registration_invalid`: no mobile phone; `rate_limited`: per phone, device and address
 */
export async function startSession(deps: SessionDeps, call: Call, body: StartSession): Promise<StartedSession> {
  const { db, systemClock, secret } = deps
  const tenant = await deps.tenants.findByCode(body.tenant)
  if (tenant === undefined) throw new NotFound('tenant_not_found', { code: body.tenant })
  const phone = checkedPhone(body)
  if (typeof phone !== 'string') throw new PistoProblem('registration_invalid', {}, { errors: [phone] })
  const now = systemClock.now()
  const index = phoneIndex(deps, tenant.id, phone)

  const { idempotencyKey } = call
  const startHash = idempotencyKey === undefined ? null : hmac(secret, `session-start\n${index}\n${idempotencyKey}`)
  const started = startHash && (await findStarted(db, tenant.id, startHash, now))
  if (started) {
    call.replayed = true
    return shownStart(started, call.livemode)
  }

  const count = (subject: CodeSubject, value: string): Promise<void> =>
    countCode({ db, secret, limits: deps.codeLimits }, tenant.id, subject, value, now)
  await count('address', call.sender?.address ?? '')
  if (body.deviceKey !== undefined) await count('device', await thumbprintOf(body.deviceKey))
  await count('phone', index)

  const [id, code] = [deps.ids.next('ses'), drawCode(deps.random)]
  const session = {
    ...{ id, phone: index, personId: null, startHash, sealedName: null, createdAt: now },
    codeHmac: hashCode(secret, id, code),
    codeExpiresAt: new Date(now.getTime() + CODE_SECONDS * 1000),
  }
  await insertSession(db, tenant.id, session)
  const { key, companion } = await deps.personalData.newKey({ tenantId: tenant.id, personId: id }, now)
  await writeCompanion(db, tenant.id, companion)
  const text = messageWith(code, body.locale ?? 'es')
  const message = { id: deps.ids.next('msg'), to: phone, text, code, createdAt: deps.clock.now() }
  await writeCompanion(db, tenant.id, queueing(deps, key, message))
  await forgetUnfinished(db, tenant.id, new Date(now.getTime() - DAY_MS))
  return shownStart(session, call.livemode)
}

/**
 * Signs a device in with the code. The same device may ask again with the same code until its first refresh: the answer
 * may have been lost.
 *
 * @throws {NotFound} `session_not_found`
 * @throws {WrongStatus} `session_wrong_status`
 * @throws {PistoProblem} `code_mismatch`, `code_tries_exhausted`, `code_expired`; `request_invalid`: the key is none
 */
export async function confirmSession(
  deps: SessionDeps,
  call: Call,
  sessionId: string,
  { code, deviceKey, deviceName }: ConfirmSession,
): Promise<SessionTokens> {
  const tenantId = await findSessionTenant(deps.db, sessionId)
  const thumbprint = await thumbprintOf(deviceKey)
  for (;;) {
    const session = tenantId && (await findSession(deps.db, tenantId, sessionId))
    if (!tenantId || !session) throw new NotFound('session_not_found', { id: sessionId })
    const isMagic = !call.livemode && code === SANDBOX_CODE
    const isRight = isMagic || isSameHash(session.codeHmac, hashCode(deps.secret, session.id, code))
    if (!(await judged(deps, tenantId, session, isRight, thumbprint))) continue

    const now = deps.systemClock.now()
    const personId = session.personId ?? (await personOf(deps, tenantId, session.phone, now))
    await adoptRegistrations(deps, tenantId, { personId, phone: session.phone })
    const next = drawRefreshToken(deps, now)
    const activation = {
      ...{ personId, deviceThumbprint: thumbprint, now },
      sealedName: await sealName(deps, tenantId, session, deviceName),
      ...{ refreshHash: next.hash, refreshExpiresAt: next.expiresAt },
    }
    if (!(await activateSession(deps.db, tenantId, session, activation))) continue
    if (isTill(session)) await endOthers(deps.db, tenantId, { personId, exceptId: session.id, now })
    return tokensFor(deps, { tenantId, sessionId: session.id, refreshToken: next.token, livemode: call.livemode })
  }
}

/** What people call their phones may be their own name. */
async function sealName(
  { db, personalData }: SessionDeps,
  tenantId: string,
  { id, sealedName }: Session,
  name: string | undefined,
): Promise<Uint8Array | null> {
  if (name === undefined) return sealedName
  return (await personalData.keyOf(db, { tenantId, personId: id })).sealJson('device', name)
}

/** A pairing names its person from the start. */
const isTill = ({ status, phone, personId }: Session): boolean =>
  status === 'pending' && phone === null && personId !== null

/** @returns False: somebody else was quicker, look again. */
async function judged(
  { db, systemClock }: SessionDeps,
  tenantId: string,
  session: Session,
  isRight: boolean,
  thumbprint: string,
): Promise<boolean> {
  const { status, wrongTries, codeExpiresAt: expiresAt } = session
  const isAgain = status === 'active' && isRight && session.deviceThumbprint === thumbprint
  if (status === 'ended' || (status === 'active' && (!isAgain || session.previousRefreshHash !== null))) {
    throw new WrongStatus('session_wrong_status', { status })
  }
  const verdict = judgeCode(
    { status: status === 'exhausted' ? status : 'pending', wrongTries, expiresAt },
    isRight,
    systemClock.now(),
  )
  switch (verdict.kind) {
    case 'settled':
    case 'exhausted':
      throw new PistoProblem('code_tries_exhausted')
    case 'expired':
      throw new PistoProblem('code_expired')
    case 'wrong': {
      const { triesLeft } = verdict
      if (!(await countWrongTry(db, tenantId, session, triesLeft === 0))) return false
      if (triesLeft === 0) throw new PistoProblem('code_tries_exhausted')
      throw new PistoProblem('code_mismatch', { triesLeft: String(triesLeft) })
    }
    case 'confirmed':
      return true
  }
}

/** @throws {PistoProblem} `request_invalid`: it has the fields of a key and is none */
async function thumbprintOf(deviceKey: JWK): Promise<string> {
  try {
    await importJWK(deviceKey, deviceKey.kty === 'EC' ? 'ES256' : 'EdDSA')
    return await calculateJwkThumbprint(deviceKey)
  } catch (cause) {
    throw new PistoProblem('request_invalid', {}, { errors: [NO_KEY], cause })
  }
}

const NO_KEY = {
  pointer: '/deviceKey',
  code: 'key_invalid',
  message: 'This is no public key of P-256 or Ed25519',
  messageEs: 'Esta no es una clave pública de P-256 ni de Ed25519',
}

const shownStart = (
  { id, codeExpiresAt }: Pick<Session, 'id' | 'codeExpiresAt'>,
  livemode: boolean,
): StartedSession => ({
  id,
  livemode,
  status: 'pending',
  expiresAt: codeExpiresAt.toISOString(),
})

const hmac = (secret: Uint8Array, text: string): Uint8Array =>
  new Uint8Array(createHmac('sha256', secret).update(text).digest())
