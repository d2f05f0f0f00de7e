import {
  type ConfirmCode,
  ConfirmStarted,
  CreateConsumer,
  CreateMerchant,
  type JournalKind,
  SubmitRegistration,
  UpdateConsumer,
  UpdateMerchant,
} from '@pisto/contract'
import type { consumerHandlers } from '../consumers/handlers.ts'
import type { merchantHandlers } from '../merchants/handlers.ts'
import type { Call } from '../platform/http/call.ts'
import type { KindName } from '../registrations/kinds.ts'

/** The operations of the table that a journal may ask for. */
export interface People {
  readonly merchants: ReturnType<typeof merchantHandlers>
  readonly consumers: ReturnType<typeof consumerHandlers>
}

export type OperationKind = Exclude<JournalKind, 'resolveConflict'>

/** What an operation is done with. */
interface JournalInput {
  /** `mer_…` or `con_…`; empty for what registers. */
  readonly id: string
  /** `phv_…`; empty but for what confirms. */
  readonly verificationId: string
  readonly body: unknown
}

interface KindRow {
  readonly person: KindName
  readonly verb: 'create' | 'update' | 'submit' | 'start' | 'confirm'
  /** What its body is checked against, one by one: a page is not refused for one operation. */
  readonly body: object
  readonly run: (people: People, input: JournalInput, call: Call) => PromiseLike<unknown> | unknown
}

const NO_FIELDS = { type: 'object', properties: {}, additionalProperties: false }

/** Each kind with the handler of the operation that has its name: a journal has no rules of its own. */
export const KINDS: Readonly<Record<OperationKind, KindRow>> = {
  createMerchant: {
    person: 'merchant',
    verb: 'create',
    body: CreateMerchant,
    run: ({ merchants }, { body }, call) => merchants.createMerchant({ body: body as CreateMerchant }, call),
  },
  updateMerchant: {
    person: 'merchant',
    verb: 'update',
    body: UpdateMerchant,
    run: ({ merchants }, { id, body }, call) =>
      merchants.updateMerchant({ merchantId: id, body: body as UpdateMerchant }, call),
  },
  submitMerchant: {
    person: 'merchant',
    verb: 'submit',
    body: SubmitRegistration,
    run: ({ merchants }, { id, body }, call) =>
      merchants.submitMerchant({ merchantId: id, body: body as SubmitRegistration }, call),
  },
  startMerchantPhoneVerification: {
    person: 'merchant',
    verb: 'start',
    body: NO_FIELDS,
    run: ({ merchants }, { id }, call) => merchants.startMerchantPhoneVerification({ merchantId: id }, call),
  },
  confirmMerchantPhoneVerification: {
    person: 'merchant',
    verb: 'confirm',
    body: ConfirmStarted,
    run: ({ merchants }, { id, verificationId, body }, call) =>
      merchants.confirmMerchantPhoneVerification({ merchantId: id, verificationId, body: body as ConfirmCode }, call),
  },
  createConsumer: {
    person: 'consumer',
    verb: 'create',
    body: CreateConsumer,
    run: ({ consumers }, { body }, call) => consumers.createConsumer({ body: body as CreateConsumer }, call),
  },
  updateConsumer: {
    person: 'consumer',
    verb: 'update',
    body: UpdateConsumer,
    run: ({ consumers }, { id, body }, call) =>
      consumers.updateConsumer({ consumerId: id, body: body as UpdateConsumer }, call),
  },
  submitConsumer: {
    person: 'consumer',
    verb: 'submit',
    body: SubmitRegistration,
    run: ({ consumers }, { id, body }, call) =>
      consumers.submitConsumer({ consumerId: id, body: body as SubmitRegistration }, call),
  },
  startConsumerPhoneVerification: {
    person: 'consumer',
    verb: 'start',
    body: NO_FIELDS,
    run: ({ consumers }, { id }, call) => consumers.startConsumerPhoneVerification({ consumerId: id }, call),
  },
  confirmConsumerPhoneVerification: {
    person: 'consumer',
    verb: 'confirm',
    body: ConfirmStarted,
    run: ({ consumers }, { id, verificationId, body }, call) =>
      consumers.confirmConsumerPhoneVerification({ consumerId: id, verificationId, body: body as ConfirmCode }, call),
  },
}

/** The operation that registers or edits a person of a kind. */
export const OPERATION_OF = {
  merchant: { create: 'createMerchant', update: 'updateMerchant' },
  consumer: { create: 'createConsumer', update: 'updateConsumer' },
} as const satisfies Record<KindName, Record<'create' | 'update', OperationKind>>
