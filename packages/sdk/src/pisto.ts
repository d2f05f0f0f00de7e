import { configure } from './http/configuration.ts'
import { createHttp } from './http/http.ts'
import type { PistoOptions } from './options.ts'
import { type Accounts, accounts } from './resources/accounts.ts'
import { type Agents, agents } from './resources/agents.ts'
import { type Aliases, aliases } from './resources/aliases.ts'
import { type Cases, cases } from './resources/cases.ts'
import { type Consumers, consumers } from './resources/consumers.ts'
import { type Events, events } from './resources/events.ts'
import { type Imports, imports } from './resources/imports.ts'
import { type Keys, keys } from './resources/keys.ts'
import { type Log, log } from './resources/log.ts'
import { type Merchants, merchants } from './resources/merchants.ts'
import { type MonitoringRules, monitoringRules } from './resources/monitoring-rules.ts'
import { type PaymentRequests, paymentRequests } from './resources/payment-requests.ts'
import { type Payments, payments } from './resources/payments.ts'
import { type PhoneChanges, phoneChanges } from './resources/phone-changes.ts'
import { type Policies, policies } from './resources/policies.ts'
import { type Ports, ports } from './resources/ports.ts'
import { type Qr, qr } from './resources/qr.ts'
import { type Reports, reports } from './resources/reports.ts'
import { type Sandbox, sandbox } from './resources/sandbox.ts'
import { type ScreeningLists, screeningLists } from './resources/screening-lists.ts'
import { type Screenings, screenings } from './resources/screenings.ts'
import { type Service, service } from './resources/service.ts'
import { type Sessions, sessions } from './resources/sessions.ts'
import { type Sync, sync } from './resources/sync.ts'
import { type OwnTenant, tenant } from './resources/tenant.ts'
import { type Transactions, transactions } from './resources/transactions.ts'

/**
 * A client of one Pisto server. It holds no connection and no state: make one and keep it.
 *
 * @throws {PistoUsageError} an option cannot be meant
 * @example
 * const pisto = new Pisto({ baseUrl: 'http://127.0.0.1:8787', apiKey: 'sk_sandbox_…' })
 * const payment = await pisto.payments.create({ payerAccountId, qr: payload })
 */
export class Pisto {
  readonly merchants: Merchants
  readonly consumers: Consumers
  readonly ports: Ports
  readonly agents: Agents
  readonly sync: Sync
  readonly accounts: Accounts
  readonly aliases: Aliases
  readonly transactions: Transactions
  readonly reports: Reports
  readonly paymentRequests: PaymentRequests
  readonly payments: Payments
  readonly qr: Qr
  readonly events: Events
  readonly log: Log
  readonly imports: Imports
  readonly screeningLists: ScreeningLists
  readonly screenings: Screenings
  readonly cases: Cases
  readonly monitoringRules: MonitoringRules
  readonly tenant: OwnTenant
  readonly policies: Policies
  readonly keys: Keys
  readonly sandbox: Sandbox
  readonly sessions: Sessions
  readonly phoneChanges: PhoneChanges
  readonly service: Service

  constructor(options: PistoOptions) {
    const http = createHttp(configure(options))
    this.merchants = merchants(http)
    this.consumers = consumers(http)
    this.ports = ports(http)
    this.agents = agents(http)
    this.sync = sync(http)
    this.accounts = accounts(http)
    this.aliases = aliases(http)
    this.transactions = transactions(http)
    this.reports = reports(http)
    this.paymentRequests = paymentRequests(http)
    this.payments = payments(http)
    this.qr = qr(http)
    this.events = events(http)
    this.log = log(http)
    this.imports = imports(http)
    this.screeningLists = screeningLists(http)
    this.screenings = screenings(http)
    this.cases = cases(http)
    this.monitoringRules = monitoringRules(http)
    this.tenant = tenant(http)
    this.keys = keys(http)
    this.policies = policies(http)
    this.sandbox = sandbox(http)
    this.sessions = sessions(http)
    this.phoneChanges = phoneChanges(http)
    this.service = service(http)
  }
}
