import { type Static, Type } from 'typebox'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import { Actor } from './operators.ts'
import { OverrideSource, OwnTiers, PolicyOverride } from './policies.ts'
import { Country, Currency, DateOnly, Livemode, nullable, strictObject, Timestamp } from './values.ts'

export const Tenant = strictObject(
  {
    id: idOf('ten'),
    livemode: Livemode,
    code: Type.String({ description: 'Short name inside QR codes', examples: ['gtbank'] }),
    name: Type.String(),
    country: Country,
    currency: Currency,
    timeZone: Type.String({ examples: ['America/Guatemala'] }),
    logOrigin: Type.String({ description: 'First line of the log’s checkpoints' }),
    policyOverrides: nullable({
      ...PolicyOverride,
      title: 'LastPolicyOverride',
      description: 'Limits of its own, as they were set last; null: as its country’s policy',
    }),
    revision: Type.Integer({ minimum: 0, description: 'Counts edits; the `ETag`' }),
    createdAt: Timestamp,
  },
  { title: 'Tenant', description: 'A bank or other licensed institution that runs Pisto for its customers' },
)
export interface Tenant extends Static<typeof Tenant> {}

export const UpdateTenant = strictObject(
  {
    actor: Actor,
    policyOverrides: strictObject(
      {
        effectiveFrom: Type.Optional({ ...DateOnly, description: 'Where the institution is. Default: today' }),
        source: OverrideSource,
        tiers: OwnTiers,
      },
      { title: 'SetPolicyOverrides', description: 'In place of those before, from its day on' },
    ),
  },
  { title: 'UpdateTenant' },
)
export interface UpdateTenant extends Static<typeof UpdateTenant> {}

export const getTenant = operation({
  id: 'getTenant',
  method: 'GET',
  path: '/v1/tenant',
  summary: 'The tenant whose key this is',
  scope: 'tenant:read',
  person: { scope: 'self:draft' },
  response: Tenant,
  etag: 'revision',
  problems: [],
})

export const updateTenant = operation({
  id: 'updateTenant',
  method: 'PATCH',
  path: '/v1/tenant',
  summary: 'Set limits of the institution’s own, within what its country’s policy lets it set',
  scope: 'tenant:write',
  idempotencyKey: 'accepted',
  body: UpdateTenant,
  response: Tenant,
  etag: 'revision',
  problems: ['policy_override_refused', 'revision_stale'],
})
