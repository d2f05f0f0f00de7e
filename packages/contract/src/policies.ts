import { type Static, Type } from 'typebox'
import { operation } from './operation.ts'
import { Country, Currency, DateOnly, nullable, strictObject, Timestamp, text, UNSIGNED_AMOUNT } from './values.ts'

const Amount = Type.String({ pattern: UNSIGNED_AMOUNT, description: 'In the currency of the policy' })

export const LegalSource = strictObject(
  {
    law: Type.String(),
    article: nullable(Type.String()),
    read: nullable(Type.String({ description: 'Where and when it was read there; null: by nobody yet' })),
  },
  { title: 'LegalSource' },
)

const Flow = strictObject(
  { perPayment: Amount, perDay: Amount, perMonth: Amount },
  { title: 'PolicyFlow', description: 'Of the local day and month' },
)

const MinimumAge = strictObject(
  { years: Type.Integer(), source: LegalSource, verified: Type.Boolean() },
  { title: 'MinimumAge', description: 'From which age on' },
)

export const PolicyTier = strictObject(
  {
    tier: Type.Integer({ minimum: 0, maximum: 3 }),
    kinds: Type.Array(Type.Enum(['merchant', 'consumer']), { description: 'Who can be on it' }),
    minimumAge: MinimumAge,
    evidence: Type.Array(strictObject({ requirement: Type.String(), source: LegalSource }), {
      description: 'What is asked for, by the names that `requirements` uses, and why',
    }),
    capabilities: strictObject({
      merchant: Type.Array(Type.Enum(['acceptPayments', 'holdBalance', 'payout'])),
      consumer: Type.Array(Type.Enum(['pay', 'holdBalance'])),
    }),
    limits: strictObject({ in: Flow, out: Flow, balance: Amount, source: LegalSource, verified: Type.Boolean() }),
  },
  { title: 'PolicyTier' },
)

/** The figures of a tier's limits, by where they are. */
export const LIMIT_FIGURES = [
  'in.perPayment',
  'in.perDay',
  'in.perMonth',
  'out.perPayment',
  'out.perDay',
  'out.perMonth',
  'balance',
] as const
export type LimitFigure = (typeof LIMIT_FIGURES)[number]

const TenantMay = strictObject(
  {
    tiers: Type.Array(Type.Integer({ minimum: 0, maximum: 3 })),
    figures: Type.Array(Type.Enum(LIMIT_FIGURES)),
    atLeast: Amount,
    atMost: nullable({ ...Amount, description: 'Null: what the policy allows itself' }),
    source: nullable(LegalSource),
  },
  { title: 'TenantMay', description: 'Figures that an institution may set for itself, and between which' },
)

const Retention = strictObject(
  { years: Type.Integer(), source: LegalSource, verified: Type.Boolean() },
  { title: 'Retention' },
)

export const PolicyVersion = strictObject(
  {
    version: Type.String(),
    isInForce: Type.Boolean({ description: 'On the local day of business time' }),
    effectiveFrom: DateOnly,
    effectiveTo: nullable(DateOnly),
    currency: Currency,
    minimumAge: {
      ...MinimumAge,
      title: 'MinimumAgeToRegister',
      description: 'To register at all; a tier may ask for more',
    },
    minimumWage: nullable(
      strictObject(
        { amount: Amount, since: DateOnly, source: LegalSource, verified: Type.Boolean() },
        { description: 'What some of the limits are multiples of' },
      ),
    ),
    noticeDays: strictObject(
      { expiringDocument: Type.Integer() },
      { description: 'How long before its last day another document is asked for' },
    ),
    graceDays: strictObject(
      { expiredDocument: Type.Integer(), newRequirement: Type.Integer() },
      {
        description:
          'How long somebody active may go on with a document that has expired, and without what the rules begin to ask',
      },
    ),
    retention: strictObject(
      { closed: Retention, rejected: Retention },
      { description: 'How long the data of whoever was closed or rejected must be kept' },
    ),
    tiers: Type.Array(PolicyTier),
    tenantMay: Type.Array(TenantMay, {
      description: 'What an institution may set for itself; what is in none, it may not',
    }),
  },
  { title: 'PolicyVersion' },
)

const OwnFlow = Type.Partial(Flow, { title: 'OwnFlow', additionalProperties: false })

const OwnLimits = strictObject({
  in: Type.Optional(OwnFlow),
  out: Type.Optional(OwnFlow),
  balance: Type.Optional(Amount),
})

export const OwnTiers = Type.Array(
  strictObject({ tier: Type.Integer({ minimum: 0, maximum: 3 }), limits: OwnLimits }, { title: 'OwnTier' }),
  { maxItems: 4, description: 'Limits of the institution’s own; what is left out is as the policy says' },
)
export type OwnTiers = Static<typeof OwnTiers>

export const OverrideSource = strictObject(
  { decision: text(200), decidedOn: DateOnly },
  { title: 'OverrideSource', description: 'Which decision of the institution it is, and of when' },
)

export const PolicyOverride = strictObject(
  {
    version: Type.String({ description: 'Decisions made under it name it', examples: ['gtbank-1'] }),
    isInForce: Type.Boolean({ description: 'On the local day of business time' }),
    effectiveFrom: DateOnly,
    source: OverrideSource,
    tiers: OwnTiers,
    decidedBy: Type.String({ description: 'The operator who set it' }),
    createdAt: Timestamp,
  },
  {
    title: 'PolicyOverride',
    description: 'What the institution allows instead of the policy, within what the policy lets it set',
  },
)
export interface PolicyOverride extends Static<typeof PolicyOverride> {}

export const Policy = strictObject(
  {
    country: Country,
    versions: Type.Array(PolicyVersion, { description: 'The oldest first' }),
    overrides: Type.Array(PolicyOverride, { description: 'Of the tenant whose key this is, the oldest first' }),
  },
  { title: 'Policy', description: 'The rules of a country as data; `verified: false` where nobody compared a figure' },
)
export interface Policy extends Static<typeof Policy> {}

export const getPolicy = operation({
  id: 'getPolicy',
  method: 'GET',
  path: '/v1/policies/{country}',
  summary: 'The tiers of a country: what they ask for, what they give, their limits, and why, in every version',
  scope: 'policies:read',
  person: { scope: 'self:draft' },
  response: Policy,
  problems: ['policy_not_found'],
})
