import { type Static, Type } from 'typebox'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import { Country, Currency, Livemode, strictObject, Timestamp } from './values.ts'

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
    createdAt: Timestamp,
  },
  { title: 'Tenant', description: 'A bank or other licensed institution that runs Pisto for its customers' },
)
export interface Tenant extends Static<typeof Tenant> {}

export const getTenant = operation({
  id: 'getTenant',
  method: 'GET',
  path: '/v1/tenant',
  summary: 'The tenant whose key this is',
  scope: 'tenant:read',
  person: { scope: 'self:draft' },
  response: Tenant,
  problems: [],
})
