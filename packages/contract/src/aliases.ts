import { type Static, Type } from 'typebox'
import { operation } from './operation.ts'
import { Currency, Livemode, strictObject, text } from './values.ts'

export const ResolveAlias = strictObject(
  { alias: Type.Optional(text(24)), phone: Type.Optional(text(24)) },
  {
    title: 'ResolveAlias',
    description: 'One of the two, as the payer typed it. A phone is looked for among the caller’s own tenant’s people',
  },
)
export interface ResolveAlias extends Static<typeof ResolveAlias> {}

const Alias = Type.String({ pattern: '^\\d{12}$', description: '12 digits', examples: ['482915307720'] })

export const ResolvedAlias = strictObject(
  {
    livemode: Livemode,
    alias: Alias,
    kind: Type.Enum(['merchant', 'consumer']),
    name: Type.String({
      description: 'What the payer should recognise: a shop’s trade name, a person’s first name and initial',
      examples: ['Tortillería Ñandú', 'Rosa U.'],
    }),
    currency: Currency,
    verified: Type.Boolean({ description: 'The institution has checked who this is (tier 1 or higher)' }),
    institution: strictObject(
      { code: Type.String({ examples: ['gtbank'] }), name: Type.String() },
      { title: 'AliasInstitution', description: 'Who keeps the account' },
    ),
    payable: Type.Boolean({ description: 'Whether `POST /v1/payments` of this caller takes the alias now' }),
  },
  { title: 'ResolvedAlias', description: 'Whom a payer is about to pay, and no more than it takes to be sure' },
)
export interface ResolvedAlias extends Static<typeof ResolvedAlias> {}

export const Findability = strictObject(
  {
    livemode: Livemode,
    alias: Alias,
    findable: Type.Boolean({ description: 'Whether alias and phone lead to a name' }),
  },
  { title: 'Findability' },
)
export interface Findability extends Static<typeof Findability> {}

export const resolveAlias = operation({
  id: 'resolveAlias',
  method: 'POST',
  path: '/v1/aliases/resolve',
  summary: 'Whom would this alias or phone pay? For the payer to confirm; each key may ask a few times a minute',
  scope: 'aliases:read',
  person: { scope: 'self:pay' },
  body: ResolveAlias,
  response: ResolvedAlias,
  problems: ['payee_invalid', 'payee_not_found'],
})

export const hideAlias = operation({
  id: 'hideAlias',
  method: 'POST',
  path: '/v1/aliases/{alias}/hide',
  summary: 'Its holder no longer wants to be found by alias and phone: both answer as if nobody had them',
  scope: 'aliases:write',
  idempotencyKey: 'accepted',
  response: Findability,
  problems: ['payee_not_found'],
})

export const showAlias = operation({
  id: 'showAlias',
  method: 'POST',
  path: '/v1/aliases/{alias}/show',
  summary: 'Its holder wants to be found again',
  scope: 'aliases:write',
  idempotencyKey: 'accepted',
  response: Findability,
  problems: ['payee_not_found'],
})
