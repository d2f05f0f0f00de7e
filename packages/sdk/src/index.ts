/** Typed Pisto client for browsers and servers. What goes over the wire is typed by `@pisto/contract`. */
export type * from './contract-types.ts'
export {
  type AnswerFault,
  type CallFacts,
  PistoAnswerError,
  PistoApiError,
  PistoConnectionError,
  PistoError,
  PistoUsageError,
} from './errors.ts'
export type { Download } from './http/download.ts'
export type { StreamOptions } from './http/event-stream.ts'
export type { List, Page } from './http/list.ts'
export type { FileUpload } from './http/upload.ts'
export type {
  CallOptions,
  Clock,
  Credentials,
  EditOptions,
  MoneyOptions,
  PistoOptions,
  RequestCredentials,
  WriteOptions,
} from './options.ts'
export { Pisto } from './pisto.ts'
export type {
  AccountFilter,
  AccountMoment,
  Accounts,
  EntryFilter,
  StatementFormat,
  StatementPeriod,
} from './resources/accounts.ts'
export type { AgentFilter, Agents, EnrolmentFilter } from './resources/agents.ts'
export type { Aliases } from './resources/aliases.ts'
export type { CaseFilter, CaseReportPeriod, Cases } from './resources/cases.ts'
export type { ConsumerFilter, Consumers } from './resources/consumers.ts'
export type { Documents } from './resources/documents.ts'
export type { EventFilter, EventStreamFilter, Events } from './resources/events.ts'
export type {
  CreateImport,
  ImportFileOptions,
  ImportFilter,
  ImportRowFilter,
  Imports,
} from './resources/imports.ts'
export type { Keys } from './resources/keys.ts'
export type { LeafFilter, Log } from './resources/log.ts'
export type { Devices, Members } from './resources/members.ts'
export type { MerchantFilter, Merchants } from './resources/merchants.ts'
export type { MonitoringRuleFilter, MonitoringRules } from './resources/monitoring-rules.ts'
export type { PaymentRequestFilter, PaymentRequests } from './resources/payment-requests.ts'
export type { PaymentFilter, Payments, RefundFilter } from './resources/payments.ts'
export type { PhoneChanges } from './resources/phone-changes.ts'
export type { Policies } from './resources/policies.ts'
export type { PortFilter, Ports } from './resources/ports.ts'
export type { Qr } from './resources/qr.ts'
export type { QrCodeFilter, QrCodes, SheetFormat } from './resources/qr-codes.ts'
export type { AccountBalanceFilter, Reports, TrialBalanceMoment } from './resources/reports.ts'
export type { InboxFilter, Sandbox } from './resources/sandbox.ts'
export type {
  ScreeningListEntryFilter,
  ScreeningListFilter,
  ScreeningLists,
} from './resources/screening-lists.ts'
export type { ScreeningFilter, Screenings } from './resources/screenings.ts'
export type { Service } from './resources/service.ts'
export type { SessionFilter, Sessions } from './resources/sessions.ts'
export type { Sync } from './resources/sync.ts'
export type { OwnTenant } from './resources/tenant.ts'
export type { TransactionFilter, Transactions } from './resources/transactions.ts'
export { type DocumentFacts, type UploadOptions, uploadDocument } from './upload-document.ts'
export { type ProvenTransaction, verifyOpening, verifyProof, verifyProofText } from './verify-proof.ts'
