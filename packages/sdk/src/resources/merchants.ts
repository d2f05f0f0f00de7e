import type {
  AssignReview,
  Close,
  ConfirmCode,
  CreateMerchant,
  Decide,
  Erase,
  ExplainedDecision,
  Merchant,
  PersonalDataExport,
  PhoneVerification,
  RegistrationDecision,
  Reject,
  Requirements,
  ReturnMerchant,
  SubmitRegistration,
  Suspend,
  UpdateMerchant,
} from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { Query } from '../http/route.ts'
import type { CallOptions, WriteOptions } from '../options.ts'
import { type Documents, merchantDocuments } from './documents.ts'
import { type Devices, devices, type Members, members } from './members.ts'
import { type QrCodes, qrCodes } from './qr-codes.ts'

export interface MerchantFilter extends Query<'listMerchants'> {}

/** Micro-businesses that take payments. */
export interface Merchants {
  /** Registers a merchant as a draft. */
  create(merchant: CreateMerchant, options?: WriteOptions): Promise<Merchant>
  /** Newest first. */
  list(filter?: MerchantFilter, options?: CallOptions): List<Merchant>
  get(merchantId: string, options?: CallOptions): Promise<Merchant>
  /** What this merchant still has to give. */
  requirements(merchantId: string, options?: CallOptions): Promise<Requirements>
  /** Sends a code to the merchant's phone. */
  startPhoneVerification(merchantId: string, options?: WriteOptions): Promise<PhoneVerification>
  /** Confirms the phone with the code; `verificationId` is the `id` that starting gave. */
  confirmPhoneVerification(
    merchantId: string,
    verificationId: string,
    code: ConfirmCode,
    options?: WriteOptions,
  ): Promise<PhoneVerification>
  /** Submits the registration: on tier 0 or 1 it is active at once, with an account. `tier`: left out, 1. */
  submit(merchantId: string, options?: SubmitRegistration & WriteOptions): Promise<Merchant>
  /** Asks for the next tier: tier 1 at once, above it operators look first, while everything goes on as it was. */
  upgrade(merchantId: string, options?: WriteOptions): Promise<Merchant>
  /** Edits a draft, or mends what was returned: fields that are left out stay. */
  update(merchantId: string, changes: UpdateMerchant, options?: WriteOptions): Promise<Merchant>
  /** Gives a review to an operator, or takes it: refused when it is not with `from` any more. */
  assign(merchantId: string, assignment: AssignReview, options?: WriteOptions): Promise<Merchant>
  /** Approves; where two operators are needed, the first call proposes and the second decides. */
  approve(merchantId: string, decision: Decide, options?: WriteOptions): Promise<Merchant>
  /** Sends a merchant in review back, to mend what the reasons name. */
  return(merchantId: string, decision: ReturnMerchant, options?: WriteOptions): Promise<Merchant>
  /** Refuses a merchant in review for good. */
  reject(merchantId: string, decision: Reject, options?: WriteOptions): Promise<Merchant>
  /** Pauses an active merchant; what it holds stays. */
  suspend(merchantId: string, decision: Suspend, options?: WriteOptions): Promise<Merchant>
  /** Lets a suspended merchant go on. */
  reinstate(merchantId: string, decision: Decide, options?: WriteOptions): Promise<Merchant>
  /** Closes a merchant and its empty account for good. */
  close(merchantId: string, decision: Close, options?: WriteOptions): Promise<Merchant>
  /** Erases the person: at once, or on the day when the law lets the data go. */
  erase(merchantId: string, decision: Erase, options?: WriteOptions): Promise<Merchant>
  /** Everything that is held about the person. */
  export(merchantId: string, options?: CallOptions): Promise<PersonalDataExport>
  /** Who decided what, and why, newest first. */
  decisions(
    merchantId: string,
    query?: Query<'listMerchantDecisions'>,
    options?: CallOptions,
  ): List<RegistrationDecision>
  /** One of them, with what the operator saw then. */
  decision(merchantId: string, decisionId: string, options?: CallOptions): Promise<ExplainedDecision>
  /** Pictures and files that show who they are. */
  readonly documents: Documents
  /** Codes for the counter. */
  readonly qrCodes: QrCodes
  readonly members: Members
  readonly devices: Devices
}

export function merchants(http: Http): Merchants {
  return {
    create: (body, options) => http.send('createMerchant', { body }, options),
    list: (query = {}, options) => http.list('listMerchants', { query }, options),
    get: (merchantId, options) => http.send('getMerchant', { merchantId }, options),
    requirements: (merchantId, options) => http.send('getMerchantRequirements', { merchantId }, options),
    startPhoneVerification: (merchantId, options) =>
      http.send('startMerchantPhoneVerification', { merchantId }, options),
    confirmPhoneVerification: (merchantId, verificationId, body, options) =>
      http.send('confirmMerchantPhoneVerification', { merchantId, verificationId, body }, options),
    submit: (merchantId, { tier, ...options } = {}) =>
      http.send('submitMerchant', { merchantId, body: tier === undefined ? {} : { tier } }, options),
    upgrade: (merchantId, options) => http.send('upgradeMerchant', { merchantId }, options),
    update: (merchantId, body, options) => http.send('updateMerchant', { merchantId, body }, options),
    assign: (merchantId, body, options) => http.send('assignMerchant', { merchantId, body }, options),
    approve: (merchantId, body, options) => http.send('approveMerchant', { merchantId, body }, options),
    return: (merchantId, body, options) => http.send('returnMerchant', { merchantId, body }, options),
    reject: (merchantId, body, options) => http.send('rejectMerchant', { merchantId, body }, options),
    suspend: (merchantId, body, options) => http.send('suspendMerchant', { merchantId, body }, options),
    reinstate: (merchantId, body, options) => http.send('reinstateMerchant', { merchantId, body }, options),
    close: (merchantId, body, options) => http.send('closeMerchant', { merchantId, body }, options),
    erase: (merchantId, body, options) => http.send('eraseMerchant', { merchantId, body }, options),
    export: (merchantId, options) => http.send('exportMerchant', { merchantId }, options),
    decisions: (merchantId, query = {}, options) => http.list('listMerchantDecisions', { merchantId, query }, options),
    decision: (merchantId, decisionId, options) =>
      http.send('getMerchantDecision', { merchantId, decisionId }, options),
    documents: merchantDocuments(http),
    qrCodes: qrCodes(http),
    members: members(http),
    devices: devices(http),
  }
}
