import { type Static, Type } from 'typebox'
import { operation } from './operation.ts'
import { strictObject } from './values.ts'

export const KeyUse = Type.Enum(['qr', 'receipt', 'checkpoint', 'directory', 'evidence'], {
  description: 'All that it signs',
})

export const PublishedKey = strictObject(
  {
    kid: Type.String({ description: 'First 8 base64url characters of the SHA-256 of the public key' }),
    kty: Type.Literal('OKP'),
    crv: Type.Literal('Ed25519'),
    x: Type.String({ description: 'Public key, base64url' }),
    use: KeyUse,
    tenantId: Type.String(),
    tenantCode: Type.String(),
    livemode: Type.Boolean(),
    validFrom: Type.String({ format: 'date-time' }),
    validTo: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
      description: 'Signs until just before; what it signed is believed for as long as the key is listed',
    }),
  },
  { title: 'PublishedKey', description: 'A public key as JWK (RFC 8037)' },
)
export interface PublishedKey extends Static<typeof PublishedKey> {}

export const PublishedKeys = strictObject({ keys: Type.Array(PublishedKey) }, { title: 'PublishedKeys' })
export interface PublishedKeys extends Static<typeof PublishedKeys> {}

export const Health = strictObject({ status: Type.Enum(['ok', 'stopping', 'unavailable']) }, { title: 'Health' })
export interface Health extends Static<typeof Health> {}

export const Readiness = strictObject(
  {
    status: Type.Enum(['ok', 'degraded'], { description: '`degraded`: it takes requests, an operator is needed' }),
    unsignedLogs: Type.Array(Type.String(), { description: 'Codes of tenants whose log is not signed at present' }),
  },
  { title: 'Readiness' },
)
export interface Readiness extends Static<typeof Readiness> {}

export const Version = strictObject(
  { name: Type.Literal('pisto'), version: Type.String(), livemode: Type.Boolean() },
  { title: 'Version' },
)
export interface Version extends Static<typeof Version> {}

export const getHealth = operation({
  id: 'getHealth',
  method: 'GET',
  path: '/healthz',
  summary: 'The process is alive',
  scope: 'public',
  response: Health,
  problems: [],
})

export const getReadiness = operation({
  id: 'getReadiness',
  method: 'GET',
  path: '/readyz',
  summary: 'The process takes requests: its database answers and it is not stopping',
  scope: 'public',
  response: Readiness,
  problems: [],
})

export const getMetrics = operation({
  id: 'getMetrics',
  method: 'GET',
  path: '/metrics',
  summary: 'What this process counts, for Prometheus (text format 0.0.4)',
  scope: 'public',
  response: Type.String(),
  mediaType: 'text/plain',
  problems: [],
})

export const getVersion = operation({
  id: 'getVersion',
  method: 'GET',
  path: '/version',
  summary: 'What is running',
  scope: 'public',
  response: Version,
  problems: [],
})

export const getOpenApi = operation({
  id: 'getOpenApi',
  method: 'GET',
  path: '/openapi.json',
  summary: 'This contract as OpenAPI 3.1',
  scope: 'public',
  response: Type.Record(Type.String(), Type.Unknown()),
  problems: [],
})

export const getPublishedKeys = operation({
  id: 'getPublishedKeys',
  method: 'GET',
  path: '/.well-known/pisto-keys',
  summary: 'Public keys that sign codes, receipts and checkpoints',
  scope: 'public',
  response: PublishedKeys,
  problems: [],
})

export const getKeyDirectory = operation({
  id: 'getKeyDirectory',
  method: 'GET',
  path: '/.well-known/pisto-directory/{tenantCode}',
  summary: 'The same keys with number and date, signed by one tenant for its wallets (C2SP signed note)',
  scope: 'public',
  response: Type.String({ description: 'See `verifyDirectory` of `@pisto/proof`' }),
  mediaType: 'text/plain',
  caching: 'revalidated',
  problems: ['tenant_not_found'],
})
