import type * as operations from '@pisto/contract'
import type { CreateMonitoringRule, MonitoringRule as MonitoringRuleAnswer } from '@pisto/contract'
import { actedBy } from '../operators/acts.ts'
import type { Call } from '../platform/http/call.ts'
import { LIMIT_DEFAULT, requireCursor } from '../platform/http/cursor.ts'
import type { Handlers } from '../platform/http/handlers.ts'
import { perform } from '../platform/perform.ts'
import { requireParameters, rulesInForce, showRule } from './rule.ts'
import { insertRules, type OwnRule, ownRules } from './store.ts'
import type { MonitoringDeps } from './worker.ts'

type RuleOperations = Pick<typeof operations, 'createMonitoringRule' | 'listMonitoringRules'>

/** HTTP has been dealt with: input is valid, the caller is known, the operation is allowed. */
export const monitoringHandlers = (deps: MonitoringDeps): Handlers<RuleOperations> => ({
  createMonitoringRule: ({ body }, call) => createRule(deps, call, body),
  async listMonitoringRules({ query: { limit = LIMIT_DEFAULT, after = '' } }, { tenantId, livemode }) {
    requireCursor(after, (cursor) => /^[a-z0-9-]*$/.test(cursor))
    const found = rulesInForce(await ownRules(deps.db, tenantId)).filter(({ name }) => name > after)
    const data = found.slice(0, limit).map((rule) => showRule(rule, livemode))
    return { data, nextCursor: found.length > limit ? (data.at(-1)?.name ?? null) : null }
  },
})

/** @throws {PistoProblem} `monitoring_rule_incomplete` */
function createRule(
  deps: MonitoringDeps,
  call: Call,
  { actor, ...rule }: CreateMonitoringRule,
): Promise<MonitoringRuleAnswer> {
  const id = deps.ids.next('mru')
  const act = actedBy(deps.random, call, { actor })
  return perform<MonitoringRuleAnswer>(deps.ledger, call, async ({ reader, ledgerTime: createdAt }) => {
    requireParameters(rule)
    const versions = (await ownRules(reader, call.tenantId)).filter(({ name }) => name === rule.name)
    const version = 1 + Math.max(0, ...versions.map((known) => known.version))
    const written: OwnRule = { ...rule, id, version, createdAt }
    return {
      purpose: 'monitoringRule.created',
      references: { monitoringRuleId: id },
      events: [{ type: 'monitoringRule.created', objectId: id, status: rule.isActive ? 'active' : 'inactive' }],
      commitments: act.commitments,
      companions: [insertRules.row(written), act.companion],
      answer: showRule(written, call.livemode),
    }
  })
}
