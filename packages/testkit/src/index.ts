/** For tests, ours and the banks': a sandbox in the process, a webhook catcher, a books checker, a real PostgreSQL. */
export { type BooksContradiction, checkBooks, type TenantBooks } from './books.ts'
export { aConsumer, aFundedConsumer, aMerchant, aPerson, type FundedConsumer } from './builders.ts'
export { newPerson, type TestPerson } from './people.ts'
export { type CrashablePostgres, crashablePostgres } from './postgres/crashable-postgres.ts'
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  embeddedPostgres,
  MEASURED_SERVER,
} from './postgres/embedded-postgres.ts'
export {
  drawDate,
  drawName,
  drawPerson,
  fullName,
  inventSurname,
  listedName,
  type RegionalPerson,
} from './regional-people.ts'
export { newestCode, type Sandbox, type SandboxOptions, startSandbox } from './sandbox.ts'
export { SeededRandom } from './seeded-random.ts'
export { type CaughtRequest, catchWebhooks, type WebhookCatcher } from './webhooks.ts'
