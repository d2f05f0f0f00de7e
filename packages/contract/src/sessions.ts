import { type Static, Type } from 'typebox'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import { Phone } from './people.ts'
import { Country, Livemode, nullable, pageOf, pageQuery, strictObject, Timestamp, text } from './values.ts'

/** Base64url without padding. */
const coordinate = (length: number) => Type.String({ pattern: `^[A-Za-z0-9_-]{${length}}$` })

/** The fields of RFC 7517 that say how a key may be used; none is needed. */
const keyUse = {
  alg: Type.Optional(Type.Enum(['ES256', 'EdDSA', 'Ed25519'])),
  use: Type.Optional(Type.Enum(['sig'])),
  key_ops: Type.Optional(Type.Array(Type.Enum(['verify']), { maxItems: 1 })),
  kid: Type.Optional(Type.String({ maxLength: 100 })),
  ext: Type.Optional(Type.Boolean()),
}

export const SessionKey = Type.Union(
  [
    strictObject({
      kty: Type.Enum(['EC']),
      crv: Type.Enum(['P-256']),
      x: coordinate(43),
      y: coordinate(43),
      ...keyUse,
    }),
    strictObject({ kty: Type.Enum(['OKP']), crv: Type.Enum(['Ed25519']), x: coordinate(43), ...keyUse }),
  ],
  {
    title: 'SessionKey',
    description: 'Public key of the device (RFC 7517): ES256 or EdDSA. The private half never leaves it',
  },
)
export type SessionKey = Static<typeof SessionKey>

export const StartSession = strictObject(
  {
    tenant: Type.String({ pattern: '^[a-z0-9]{2,32}$', description: 'Code of the institution', examples: ['gtbank'] }),
    country: Country,
    phone: Phone,
    locale: Type.Optional(Type.Enum(['es', 'en'], { description: 'Language of the SMS. Default `es`' })),
    deviceKey: Type.Optional(SessionKey),
  },
  { title: 'StartSession' },
)
export interface StartSession extends Static<typeof StartSession> {}

export const StartedSession = strictObject(
  {
    id: idOf('ses'),
    livemode: Livemode,
    status: Type.Enum(['pending']),
    expiresAt: Type.String({ format: 'date-time', description: 'Of the code: ten minutes' }),
  },
  { title: 'StartedSession', description: 'A code is on its way; the same for every phone' },
)
export interface StartedSession extends Static<typeof StartedSession> {}

export const ConfirmSession = strictObject(
  {
    code: Type.String({ pattern: '^\\d{6}$' }),
    deviceKey: SessionKey,
    deviceName: Type.Optional(text(60)),
  },
  { title: 'ConfirmSession' },
)
export interface ConfirmSession extends Static<typeof ConfirmSession> {}

export const RefreshSession = strictObject(
  { refreshToken: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }) },
  { title: 'RefreshSession' },
)
export interface RefreshSession extends Static<typeof RefreshSession> {}

export const SessionTokens = strictObject(
  {
    sessionId: idOf('ses'),
    livemode: Livemode,
    tokenType: Type.Enum(['DPoP']),
    accessToken: Type.String({
      description: 'JWT bound to the device key (`cnf.jkt`); send it as `Authorization: DPoP`',
    }),
    expiresInSeconds: Type.Integer({ minimum: 1, maximum: 600 }),
    refreshToken: Type.String({ description: 'Serves once, with a proof of the same device key' }),
    scope: Type.String({ description: 'Words with spaces between', examples: ['self:draft'] }),
  },
  { title: 'SessionTokens' },
)
export interface SessionTokens extends Static<typeof SessionTokens> {}

export const Session = strictObject(
  {
    id: idOf('ses'),
    livemode: Livemode,
    status: Type.Enum(['active', 'ended']),
    personId: idOf('per'),
    deviceName: nullable(Type.String()),
    isCurrent: Type.Boolean({ description: 'Is it the one that asks?' }),
    createdAt: Timestamp,
    lastUsedAt: Type.String({ format: 'date-time', description: 'When its tokens were last renewed' }),
    endedAt: nullable(Timestamp),
    endReason: nullable(
      Type.Enum(['ended', 'refreshTokenReused', 'phoneChanged'], {
        description: '`refreshTokenReused`: somebody had a copy of it; `phoneChanged`: the person has another phone',
      }),
    ),
  },
  { title: 'Session', description: 'A person on a device' },
)
export interface Session extends Static<typeof Session> {}

export const SessionPage = pageOf(Session, 'SessionPage')

export const MemberRole = Type.Enum(['owner', 'staff', 'till'], {
  description: '`staff` and `till` charge and see what they charged; `till` is a device of the shop, nobody’s own',
})
export type MemberRole = Static<typeof MemberRole>

const ownRegistration = {
  memberId: idOf('mbr'),
  kind: Type.Enum(['merchant', 'consumer']),
  id: Type.String({ description: 'Of the merchant or consumer' }),
  role: MemberRole,
  name: nullable(Type.String({ description: 'Of the shop, or of the person; null: not given (tier 0)' })),
  status: Type.String(),
}

export const Self = strictObject(
  {
    livemode: Livemode,
    personId: idOf('per'),
    sessionId: idOf('ses'),
    scope: Type.String({ description: 'What the next token may do; a refresh gives it' }),
    registrations: Type.Array(strictObject(ownRegistration)),
    invitations: Type.Array(strictObject(ownRegistration), { description: 'To shops; `acceptMember` takes them' }),
  },
  { title: 'Self', description: 'Whoever asks: which shops and wallets, in which role' },
)
export interface Self extends Static<typeof Self> {}

export const startSession = operation({
  id: 'startSession',
  method: 'POST',
  path: '/v1/sessions',
  summary: 'Begin to sign in: a code goes to the phone, whoever’s it is',
  scope: 'public',
  idempotencyKey: 'accepted',
  body: StartSession,
  response: StartedSession,
  status: 201,
  problems: ['tenant_not_found', 'registration_invalid'],
})

export const confirmSession = operation({
  id: 'confirmSession',
  method: 'POST',
  path: '/v1/sessions/{sessionId}/confirm',
  summary: 'Sign in with the code: gives tokens that only this device can use',
  scope: 'public',
  body: ConfirmSession,
  response: SessionTokens,
  problems: ['session_not_found', 'session_wrong_status', 'code_mismatch', 'code_expired', 'code_tries_exhausted'],
})

export const refreshSession = operation({
  id: 'refreshSession',
  method: 'POST',
  path: '/v1/sessions/{sessionId}/refresh',
  summary: 'New tokens for a refresh token, with a `DPoP` proof of the device key; a token used twice ends the session',
  scope: 'public',
  idempotencyKey: 'accepted',
  body: RefreshSession,
  response: SessionTokens,
  problems: ['session_not_found', 'session_ended'],
})

export const listSessions = operation({
  id: 'listSessions',
  method: 'GET',
  path: '/v1/sessions',
  summary: 'List sessions, newest first: a person’s own devices',
  scope: 'sessions:read',
  person: { scope: 'self:draft' },
  query: strictObject({ ...pageQuery, personId: Type.Optional(idOf('per')) }),
  response: SessionPage,
  problems: [],
})

export const endSession = operation({
  id: 'endSession',
  method: 'DELETE',
  path: '/v1/sessions/{sessionId}',
  summary: 'End a session, also that of a lost phone',
  scope: 'sessions:write',
  person: { scope: 'self:draft', of: { sessionId: 'self' } },
  response: Session,
  problems: ['session_not_found'],
})

export const getSelf = operation({
  id: 'getSelf',
  method: 'GET',
  path: '/v1/self',
  summary: 'Who asks: own shops and wallets, and invitations',
  scope: 'self',
  person: { scope: 'self:draft' },
  response: Self,
  problems: [],
})
