import type { CreateMonitoringRule, MonitoringRule } from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { Query } from '../http/route.ts'
import type { CallOptions, WriteOptions } from '../options.ts'

export interface MonitoringRuleFilter extends Query<'listMonitoringRules'> {}

/** When movements raise a case. */
export interface MonitoringRules {
  /** Writes a rule, or a new version of one, by its name. */
  create(rule: CreateMonitoringRule, options?: WriteOptions): Promise<MonitoringRule>
  /** The rules that count now. */
  list(filter?: MonitoringRuleFilter, options?: CallOptions): List<MonitoringRule>
}

export function monitoringRules(http: Http): MonitoringRules {
  return {
    create: (body, options) => http.send('createMonitoringRule', { body }, options),
    list: (query = {}, options) => http.list('listMonitoringRules', { query }, options),
  }
}
