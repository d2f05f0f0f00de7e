import type {
  AssignReview,
  Close,
  ConfirmCode,
  Consumer,
  CreateConsumer,
  Decide,
  Erase,
  ExplainedDecision,
  PersonalDataExport,
  PhoneVerification,
  RegistrationDecision,
  Reject,
  Requirements,
  ReturnConsumer,
  SubmitRegistration,
  Suspend,
  UpdateConsumer,
} from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { Query } from '../http/route.ts'
import type { CallOptions, WriteOptions } from '../options.ts'
import { consumerDocuments, type Documents } from './documents.ts'

export interface ConsumerFilter extends Query<'listConsumers'> {}

/** People with a wallet. */
export interface Consumers {
  /** Registers a consumer as a draft. */
  create(consumer: CreateConsumer, options?: WriteOptions): Promise<Consumer>
  /** Newest first. */
  list(filter?: ConsumerFilter, options?: CallOptions): List<Consumer>
  get(consumerId: string, options?: CallOptions): Promise<Consumer>
  /** What this consumer still has to give. */
  requirements(consumerId: string, options?: CallOptions): Promise<Requirements>
  /** Sends a code to the consumer's phone. */
  startPhoneVerification(consumerId: string, options?: WriteOptions): Promise<PhoneVerification>
  /** Confirms the phone with the code; `verificationId` is the `id` that starting gave. */
  confirmPhoneVerification(
    consumerId: string,
    verificationId: string,
    code: ConfirmCode,
    options?: WriteOptions,
  ): Promise<PhoneVerification>
  /** Submits the registration: on tier 0 or 1 it is active at once, with an account. `tier`: left out, 1. */
  submit(consumerId: string, options?: SubmitRegistration & WriteOptions): Promise<Consumer>
  /** Asks for the next tier: tier 1 at once, above it operators look first, while everything goes on as it was. */
  upgrade(consumerId: string, options?: WriteOptions): Promise<Consumer>
  /** Edits a draft, or mends what was returned: fields that are left out stay. */
  update(consumerId: string, changes: UpdateConsumer, options?: WriteOptions): Promise<Consumer>
  /** Gives a review to an operator, or takes it: refused when it is not with `from` any more. */
  assign(consumerId: string, assignment: AssignReview, options?: WriteOptions): Promise<Consumer>
  /** Approves; where two operators are needed, the first call proposes and the second decides. */
  approve(consumerId: string, decision: Decide, options?: WriteOptions): Promise<Consumer>
  /** Sends a consumer in review back, to mend what the reasons name. */
  return(consumerId: string, decision: ReturnConsumer, options?: WriteOptions): Promise<Consumer>
  /** Refuses a consumer in review for good. */
  reject(consumerId: string, decision: Reject, options?: WriteOptions): Promise<Consumer>
  /** Pauses an active consumer; what it holds stays. */
  suspend(consumerId: string, decision: Suspend, options?: WriteOptions): Promise<Consumer>
  /** Lets a suspended consumer go on. */
  reinstate(consumerId: string, decision: Decide, options?: WriteOptions): Promise<Consumer>
  /** Closes a consumer and its empty account for good. */
  close(consumerId: string, decision: Close, options?: WriteOptions): Promise<Consumer>
  /** Erases the person: at once, or on the day when the law lets the data go. */
  erase(consumerId: string, decision: Erase, options?: WriteOptions): Promise<Consumer>
  /** Everything that is held about the person. */
  export(consumerId: string, options?: CallOptions): Promise<PersonalDataExport>
  /** Who decided what, and why, newest first. */
  decisions(
    consumerId: string,
    query?: Query<'listConsumerDecisions'>,
    options?: CallOptions,
  ): List<RegistrationDecision>
  /** One of them, with what the operator saw then. */
  decision(consumerId: string, decisionId: string, options?: CallOptions): Promise<ExplainedDecision>
  /** Pictures and files that show who they are. */
  readonly documents: Documents
}

export function consumers(http: Http): Consumers {
  return {
    create: (body, options) => http.send('createConsumer', { body }, options),
    list: (query = {}, options) => http.list('listConsumers', { query }, options),
    get: (consumerId, options) => http.send('getConsumer', { consumerId }, options),
    requirements: (consumerId, options) => http.send('getConsumerRequirements', { consumerId }, options),
    startPhoneVerification: (consumerId, options) =>
      http.send('startConsumerPhoneVerification', { consumerId }, options),
    confirmPhoneVerification: (consumerId, verificationId, body, options) =>
      http.send('confirmConsumerPhoneVerification', { consumerId, verificationId, body }, options),
    submit: (consumerId, { tier, ...options } = {}) =>
      http.send('submitConsumer', { consumerId, body: tier === undefined ? {} : { tier } }, options),
    upgrade: (consumerId, options) => http.send('upgradeConsumer', { consumerId }, options),
    update: (consumerId, body, options) => http.send('updateConsumer', { consumerId, body }, options),
    assign: (consumerId, body, options) => http.send('assignConsumer', { consumerId, body }, options),
    approve: (consumerId, body, options) => http.send('approveConsumer', { consumerId, body }, options),
    return: (consumerId, body, options) => http.send('returnConsumer', { consumerId, body }, options),
    reject: (consumerId, body, options) => http.send('rejectConsumer', { consumerId, body }, options),
    suspend: (consumerId, body, options) => http.send('suspendConsumer', { consumerId, body }, options),
    reinstate: (consumerId, body, options) => http.send('reinstateConsumer', { consumerId, body }, options),
    close: (consumerId, body, options) => http.send('closeConsumer', { consumerId, body }, options),
    erase: (consumerId, body, options) => http.send('eraseConsumer', { consumerId, body }, options),
    export: (consumerId, options) => http.send('exportConsumer', { consumerId }, options),
    decisions: (consumerId, query = {}, options) => http.list('listConsumerDecisions', { consumerId, query }, options),
    decision: (consumerId, decisionId, options) =>
      http.send('getConsumerDecision', { consumerId, decisionId }, options),
    documents: consumerDocuments(http),
  }
}
