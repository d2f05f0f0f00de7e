import { readFileSync } from 'node:fs'
import { type CreateMonitoringRule, type MonitoringRule as MonitoringRuleAnswer, PistoProblem } from '@pisto/contract'

/** A rule in one version. */
export interface MonitoringRule extends Omit<CreateMonitoringRule, 'actor'> {
  /** `mru_…`; null: it ships. */
  readonly id: string | null
  readonly version: number
  readonly createdAt: Date | null
}

const SHIPPED: readonly MonitoringRule[] = (
  JSON.parse(readFileSync(new URL('./rules.json', import.meta.url), 'utf8')) as Omit<CreateMonitoringRule, 'actor'>[]
).map((rule) => ({ ...rule, id: null, version: 0, createdAt: null }))

/** What counts, by name: a tenant's own newest version, else what ships. */
export function rulesInForce(own: readonly MonitoringRule[]): MonitoringRule[] {
  const byName = new Map(SHIPPED.map((rule) => [rule.name, rule]))
  for (const rule of own) if ((byName.get(rule.name)?.version ?? -1) < rule.version) byName.set(rule.name, rule)
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

type Parameter = 'amount' | 'percent' | 'dormantDays'

/** What each kind takes besides window and count. */
const PARAMETERS: Readonly<Record<MonitoringRule['kind'], readonly Parameter[]>> = {
  underThreshold: ['amount', 'percent'],
  velocity: [],
  manyPayers: [],
  dormantThenBusy: ['dormantDays'],
  newDevice: ['amount'],
}

/** @throws {PistoProblem} `monitoring_rule_incomplete` */
export function requireParameters({ kind, parameters }: Pick<MonitoringRule, 'kind' | 'parameters'>): void {
  const wanted = PARAMETERS[kind]
  const isRight = (['amount', 'percent', 'dormantDays'] as const).every(
    (name) => (parameters[name] !== undefined) === wanted.includes(name),
  )
  if (!isRight || (parameters.count < 2 && kind !== 'newDevice'))
    throw new PistoProblem('monitoring_rule_incomplete', {
      parameters: ['windowHours', 'count', ...wanted].join(', '),
    })
}

export const showRule = (rule: MonitoringRule, livemode: boolean): MonitoringRuleAnswer => ({
  ...rule,
  livemode,
  createdAt: rule.createdAt?.toISOString() ?? null,
})
