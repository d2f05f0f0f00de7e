import { type Static, Type } from 'typebox'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import { Consent } from './people.ts'
import { Livemode, nullable, pageOf, pageQuery, strictObject, Timestamp } from './values.ts'

export const PortStatus = Type.Enum(['offered', 'accepted', 'completed', 'cancelled', 'expired'])
export type PortStatus = Static<typeof PortStatus>

const tenantCode = Type.String({ pattern: '^[a-z0-9-]{1,20}$', description: 'Short name of an institution' })

export const Port = strictObject(
  {
    id: { ...idOf('prt'), description: 'The same at both institutions' },
    livemode: Livemode,
    direction: Type.Enum(['outgoing', 'incoming'], { description: 'incoming: offered to you' }),
    status: PortStatus,
    tenantCode: { ...tenantCode, description: 'The other institution' },
    merchantId: nullable({ ...idOf('mer'), description: 'Your own merchant; null until you accept' }),
    name: Type.String({ description: 'Of the business; only its first letters until you accept' }),
    alias: nullable(Type.String({ description: '12 digits, which stay the merchant’s; null until you accept' })),
    consent: Consent,
    refusal: nullable(
      Type.String({ description: 'Why the old institution did not hand over when it was last accepted' }),
    ),
    expiresAt: Timestamp,
    createdAt: Timestamp,
  },
  { title: 'Port', description: 'A merchant’s move from one institution to another' },
)
export interface Port extends Static<typeof Port> {}

export const PortPage = pageOf(Port, 'PortPage')

export const PortMerchant = strictObject(
  {
    toTenantCode: tenantCode,
    consent: { ...Consent, title: 'HandOverConsent', description: 'To hand over what was registered' },
  },
  { title: 'PortMerchant' },
)
export interface PortMerchant extends Static<typeof PortMerchant> {}

export const portMerchant = operation({
  id: 'portMerchant',
  method: 'POST',
  path: '/v1/merchants/{merchantId}/port',
  summary: 'Offer a merchant to another institution: alias and printed codes go along',
  scope: 'merchants:write',
  idempotencyKey: 'accepted',
  body: PortMerchant,
  response: Port,
  status: 201,
  problems: [
    'tier_too_low',
    'merchant_not_found',
    'merchant_wrong_status',
    'tenant_not_found',
    'registration_invalid',
    'port_to_self',
    'port_other_country',
    'port_pending',
    'port_merchant_held',
  ],
})

export const listPorts = operation({
  id: 'listPorts',
  method: 'GET',
  path: '/v1/ports',
  summary: 'List merchants that are offered to you, or that you offer, newest first',
  scope: 'merchants:read',
  query: strictObject({
    ...pageQuery,
    direction: Type.Optional(Type.Enum(['outgoing', 'incoming'])),
    status: Type.Optional(PortStatus),
  }),
  response: PortPage,
  problems: [],
})

export const getPort = operation({
  id: 'getPort',
  method: 'GET',
  path: '/v1/ports/{portId}',
  summary: 'Get a merchant’s move',
  scope: 'merchants:read',
  response: Port,
  problems: ['port_not_found'],
})

export const acceptPort = operation({
  id: 'acceptPort',
  method: 'POST',
  path: '/v1/ports/{portId}/accept',
  summary: 'Take a merchant over: the old institution hands over, and the merchant is registered here, checked anew',
  scope: 'merchants:review',
  idempotencyKey: 'accepted',
  response: Port,
  problems: [
    'port_not_found',
    'port_wrong_status',
    'port_bundle_invalid',
    'registration_invalid',
    'document_duplicate',
    'phone_duplicate',
    'requirements_missing',
  ],
})

export const cancelPort = operation({
  id: 'cancelPort',
  method: 'POST',
  path: '/v1/ports/{portId}/cancel',
  summary: 'Withdraw an offer, or decline one, before it is accepted',
  scope: 'merchants:write',
  idempotencyKey: 'accepted',
  response: Port,
  problems: ['port_not_found', 'port_wrong_status'],
})

export const getPortBundle = operation({
  id: 'getPortBundle',
  method: 'GET',
  path: '/v1/ports/{portId}/bundle',
  summary: 'Get the signed evidence: at the new institution once the merchant is there',
  scope: 'merchants:read',
  response: Type.String({ description: 'A signed note (C2SP) of canonical JSON; `pisto verify-bundle` checks it' }),
  mediaType: 'text/plain',
  problems: ['port_not_found', 'port_wrong_status'],
})
