import { type Static, Type } from 'typebox'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import { Actor } from './operators.ts'
import { Livemode, nullable, pageOf, pageQuery, strictObject, Timestamp, text } from './values.ts'

const kind = Type.Enum(['underThreshold', 'velocity', 'manyPayers', 'dormantThenBusy', 'newDevice'], {
  description:
    '`underThreshold`: many payments just below an amount; `velocity`: many payments of one payer; `manyPayers`: many payers to one payee; `dormantThenBusy`: long quiet, then many payments; `newDevice`: much is paid from a device that the payer has begun to pay with',
})

const parameters = strictObject(
  {
    windowHours: Type.Integer({ minimum: 1, maximum: 2160, description: 'How far it looks back' }),
    count: Type.Integer({
      minimum: 1,
      maximum: 100_000,
      description: 'Payments, or payers, from which on it alerts; 1 only of `newDevice`',
    }),
    amount: Type.Optional(
      Type.String({
        pattern: '^\\d{1,12}\\.\\d{2}$',
        description: 'Of `underThreshold` and `newDevice`: in the tenant’s currency',
      }),
    ),
    percent: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 99, description: 'Of `underThreshold`: from this share of the amount on' }),
    ),
    dormantDays: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1000, description: 'Of `dormantThenBusy`: quiet for so long' }),
    ),
  },
  { title: 'MonitoringParameters' },
)

const ruleFields = {
  name: { ...text(60), pattern: '^[a-z][a-z0-9-]*$', examples: ['many-under-threshold'] },
  kind,
  parameters,
  source: { ...text(500), description: 'The law, guide or decision that the figures are from' },
  isActive: Type.Boolean(),
}

export const MonitoringRule = strictObject(
  {
    id: nullable({ ...idOf('mru'), description: 'Null: shipped with Pisto' }),
    livemode: Livemode,
    ...ruleFields,
    version: Type.Integer({ minimum: 0, description: 'Of this name; 0 is the one that ships' }),
    createdAt: nullable(Timestamp),
  },
  { title: 'MonitoringRule', description: 'When movements raise a case' },
)
export interface MonitoringRule extends Static<typeof MonitoringRule> {}

export const CreateMonitoringRule = strictObject({ ...ruleFields, actor: Actor }, { title: 'CreateMonitoringRule' })
export interface CreateMonitoringRule extends Static<typeof CreateMonitoringRule> {}

export const createMonitoringRule = operation({
  id: 'createMonitoringRule',
  method: 'POST',
  path: '/v1/monitoring-rules',
  summary: 'Write a rule, or a new version of one, by its name; the newest version counts',
  scope: 'monitoring:write',
  idempotencyKey: 'accepted',
  body: CreateMonitoringRule,
  response: MonitoringRule,
  status: 201,
  problems: ['monitoring_rule_incomplete'],
})

export const listMonitoringRules = operation({
  id: 'listMonitoringRules',
  method: 'GET',
  path: '/v1/monitoring-rules',
  summary: 'List the rules that count now, by name',
  scope: 'monitoring:read',
  query: strictObject(pageQuery),
  response: pageOf(MonitoringRule, 'MonitoringRulePage'),
  problems: [],
})
