import { OPERATIONS, type OperationTable } from '@pisto/contract'
import express, { type Express } from 'express'
import helmet from 'helmet'
import { accountHandlers } from './accounts/handlers.ts'
import { findEnrolmentTexts } from './agents/enrolments.ts'
import { agentHandlers } from './agents/handlers.ts'
import { findAgentDecisionTexts } from './agents/store.ts'
import { aliasHandlers } from './aliases/handlers.ts'
import { LookupLimit } from './aliases/lookup-limit.ts'
import { caseHandlers } from './cases/handlers.ts'
import type { Configuration } from './configuration.ts'
import { consumerHandlers } from './consumers/handlers.ts'
import { consumerDocumentHandlers, merchantDocumentHandlers } from './documents/handlers.ts'
import type { ObjectStorage } from './documents/storage/object-storage.ts'
import { documentDueHandlers } from './documents/worker.ts'
import { eventHandlers } from './events/handlers.ts'
import { importHandlers } from './imports/handlers.ts'
import { importDueHandlers } from './imports/worker.ts'
import { logHandlers } from './log/handlers.ts'
import { deviceHandlers, memberHandlers } from './members/handlers.ts'
import { merchantHandlers } from './merchants/handlers.ts'
import { monitoringHandlers } from './monitoring/handlers.ts'
import { Monitoring } from './monitoring/worker.ts'
import { findActTexts } from './operators/acts.ts'
import { paymentRequestHandlers } from './payment-requests/handlers.ts'
import { findPaymentRequestTexts } from './payment-requests/kept-texts.ts'
import { paymentRequestDueHandlers } from './payment-requests/worker.ts'
import { paymentHandlers } from './payments/handlers.ts'
import { findPaymentTexts, findRefundTexts } from './payments/kept-texts.ts'
import { paymentDueHandlers } from './payments/worker.ts'
import { phoneChangeHandlers } from './phone-changes/handlers.ts'
import { phoneChangeDueHandlers } from './phone-changes/worker.ts'
import { DueWorker } from './platform/due/worker.ts'
import { createAuthentication } from './platform/http/authentication.ts'
import { endpointsOf, type HandlerGroups } from './platform/http/endpoint.ts'
import { beginExchange } from './platform/http/exchange.ts'
import { hostRules } from './platform/http/host-rules.ts'
import { operationRouter } from './platform/http/operation-router.ts'
import { problemHandler } from './platform/http/problems.ts'
import { RateLimits } from './platform/http/rate-limits.ts'
import { createValidators } from './platform/http/validators.ts'
import { KeyRetention } from './platform/key-retention.ts'
import type { Metrics } from './platform/metrics/metrics.ts'
import type { Log } from './platform/runtime/log.ts'
import { systemRandom } from './platform/runtime/random.ts'
import type { Runtime } from './platform/runtime/runtime.ts'
import type { SandboxClock } from './platform/runtime/sandbox-clock.ts'
import { policyHandlers } from './policies/handlers.ts'
import { portHandlers } from './portability/handlers.ts'
import { portDueHandlers } from './portability/worker.ts'
import { qrHandlers } from './qr/handlers.ts'
import { qrCodeHandlers } from './qr-codes/handlers.ts'
import { findQrCodeTexts } from './qr-codes/kept-texts.ts'
import { qrCodeDueHandlers } from './qr-codes/worker.ts'
import { checkDueHandlers } from './registrations/checks.ts'
import { findDecisionTexts } from './registrations/decisions.ts'
import { erasureDueHandlers } from './registrations/erasure/erase.ts'
import { screenedNameDueHandlers } from './registrations/erasure/screened-names.ts'
import { unaskedErasureDueHandlers } from './registrations/erasure/unasked.ts'
import { lawChangeDueHandlers } from './registrations/law-changes.ts'
import { lookAlikeFillDueHandlers } from './registrations/look-alike-fill.ts'
import { reportHandlers } from './reports/handlers.ts'
import { sandboxHandlers } from './sandbox/handlers.ts'
import { screeningHandlers, screeningListHandlers } from './screening/handlers.ts'
import { rescreenDueHandlers } from './screening/rescreen/worker.ts'
import { serviceHandlers } from './service/handlers.ts'
import { AccessTokens } from './sessions/access-tokens.ts'
import { createSignedIn } from './sessions/authentication.ts'
import { sessionHandlers } from './sessions/handlers.ts'
import { createRequireOwn } from './sessions/ownership.ts'
import { syncHandlers } from './sync/handlers.ts'
import { findApiKey } from './tenants/api-keys.ts'
import type { TenantDirectory } from './tenants/directory.ts'
import { keyHandlers, tenantHandlers } from './tenants/handlers.ts'
import { transactionHandlers } from './transactions/handlers.ts'
import { findOwnTexts } from './transactions/texts.ts'
import { transactionDueHandlers } from './transactions/worker.ts'

/** What a server is made of. Nothing else may be global. */
export interface Parts {
  readonly runtime: Runtime
  /** The same as the runtime's, where it can be advanced. */
  readonly clock: SandboxClock
  readonly tenants: TenantDirectory
  /** Where the contents of documents are. */
  readonly storage: ObjectStorage
  /** Seed of the key that signs people's access tokens; all processes of one database share it. */
  readonly tokenSeed: Uint8Array
  readonly configuration: Configuration
  readonly log: Log
  readonly metrics: Metrics
  /** Aborted when the server begins to stop. */
  readonly stopping: AbortSignal
  /** Checks answers against the contract, too: in tests. */
  readonly checkAnswers: boolean
}

export interface Composed {
  readonly app: Express
  readonly worker: DueWorker
  readonly retention: KeyRetention
  readonly monitoring: Monitoring
}

/** The composition root: the only file that knows which capability uses which. */
export function compose(parts: Parts): Composed {
  const { runtime, clock, tenants, storage, configuration, log, metrics, stopping, checkAnswers } = parts
  const { db, livemode, secret, systemClock } = runtime
  const worker = new DueWorker({
    ...runtime,
    tenants,
    log,
    handlers: {
      ...paymentRequestDueHandlers(runtime),
      ...qrCodeDueHandlers(runtime),
      ...paymentDueHandlers(runtime),
      ...transactionDueHandlers(runtime),
      ...documentDueHandlers({ ...runtime, storage }),
      ...rescreenDueHandlers(runtime),
      ...importDueHandlers({ ...runtime, tenants }),
      ...erasureDueHandlers(runtime),
      ...unaskedErasureDueHandlers(runtime),
      ...screenedNameDueHandlers({ ...runtime, tenants }),
      ...portDueHandlers({ ...runtime, storage, tenants }),
      ...checkDueHandlers(runtime),
      ...lawChangeDueHandlers(runtime),
      ...phoneChangeDueHandlers(runtime),
      ...lookAlikeFillDueHandlers(runtime),
    },
  })
  const retention = new KeyRetention({ ...runtime, tenants, log })
  const monitoring = new Monitoring({ ...runtime, tenants, log })
  const runDue = async (): Promise<void> => {
    await worker.runDue()
    await retention.sweep()
    await monitoring.sweep()
  }

  const accessTokens = new AccessTokens(parts.tokenSeed, systemClock)
  const codeLimits = { phone: 5, device: 10, address: configuration.codesPerAddressPerHour }
  const people = { ...runtime, tenants, accessTokens, secretRandom: systemRandom, codeLimits }

  const handlers: HandlerGroups<OperationTable> = {
    merchants: merchantHandlers(runtime),
    consumers: consumerHandlers(runtime),
    ports: portHandlers({ ...runtime, storage, tenants }),
    agents: agentHandlers(runtime),
    sync: syncHandlers({ ...runtime, validate: createValidators() }),
    merchantDocuments: merchantDocumentHandlers({ ...runtime, storage }),
    consumerDocuments: consumerDocumentHandlers({ ...runtime, storage }),
    accounts: accountHandlers(runtime),
    aliases: aliasHandlers({ ...runtime, tenants, lookups: new LookupLimit(configuration.lookupsPerMinute) }),
    reports: reportHandlers(runtime),
    transactions: transactionHandlers(runtime),
    paymentRequests: paymentRequestHandlers(runtime),
    payments: paymentHandlers(runtime),
    qrCodes: qrCodeHandlers(runtime),
    qr: qrHandlers(runtime),
    events: eventHandlers(runtime),
    log: logHandlers({ ...runtime, tenants, keptTexts: [...KEPT_TEXTS, findDecisionTexts(runtime)] }),
    policies: policyHandlers(runtime),
    imports: importHandlers(runtime),
    screeningLists: screeningListHandlers(runtime),
    screenings: screeningHandlers(runtime),
    cases: caseHandlers(runtime),
    monitoringRules: monitoringHandlers(runtime),
    sessions: sessionHandlers(people),
    phoneChanges: phoneChangeHandlers(runtime),
    members: memberHandlers(people),
    devices: deviceHandlers(people),
    tenants: tenantHandlers({ ...runtime, tenants }),
    keys: keyHandlers({ ...runtime, secretRandom: systemRandom }),
    sandbox: sandboxHandlers({ ...runtime, clock, runDue }),
    service: serviceHandlers({ ...runtime, tenants, stopping, metrics }),
  }

  const app = express()
  app.disable('etag').disable('x-powered-by').set('query parser', false)
  app.use(beginExchange({ log, random: systemRandom, systemClock, metrics }))
  app.use(helmet(SECURITY_HEADERS))
  app.use(hostRules(configuration.allowedHosts))
  app.use(
    operationRouter({
      endpoints: endpointsOf(OPERATIONS, handlers, { sandbox: !livemode }),
      authenticate: createAuthentication({
        tenants,
        findKey: (keyHash) => findApiKey(db, keyHash),
        systemClock,
        livemode,
        signedIn: createSignedIn(people),
      }),
      requireOwn: createRequireOwn(runtime),
      publicUrl: configuration.publicUrl,
      rateLimits: new RateLimits(configuration),
      secret,
      livemode,
      stopping,
      checkAnswers,
    }),
  )
  app.use(problemHandler({ log })) // last: maps every thrown error
  return { app, worker, retention, monitoring }
}

/** Each kind of text that the log has commitments to. */
const KEPT_TEXTS = [
  findActTexts,
  findOwnTexts,
  findPaymentTexts,
  findRefundTexts,
  findPaymentRequestTexts,
  findQrCodeTexts,
  findAgentDecisionTexts,
  findEnrolmentTexts,
] as const

/** Answers are data, never pages: nothing in them may load or be framed. */
const SECURITY_HEADERS = {
  contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
  strictTransportSecurity: false, // the proxy that ends TLS says it
} as const
