import { type Static, Type } from 'typebox'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import { Livemode, nullable, PositiveMoney, pageOf, pageQuery, strictObject, Timestamp } from './values.ts'

export const Funding = strictObject(
  {
    transactionId: idOf('txn'),
    livemode: Livemode,
    accountId: idOf('acc'),
    amount: PositiveMoney,
    sequence: Type.Integer({ minimum: 1 }),
    createdAt: Timestamp,
  },
  { title: 'Funding' },
)
export interface Funding extends Static<typeof Funding> {}

export const InboxMessage = strictObject(
  {
    id: idOf('msg'),
    to: Type.String({ description: 'E.164' }),
    text: Type.String(),
    code: nullable(Type.String({ description: 'The one-time code in it, if there is one' })),
    createdAt: Timestamp,
  },
  { title: 'InboxMessage', description: 'An SMS that the sandbox kept instead of sending' },
)
export interface InboxMessage extends Static<typeof InboxMessage> {}
export const InboxPage = pageOf(InboxMessage, 'InboxPage')

export const SandboxClock = strictObject({ now: Timestamp }, { title: 'SandboxClock', description: 'Business time' })
export interface SandboxClock extends Static<typeof SandboxClock> {}

export const FundAccount = strictObject({ amount: PositiveMoney }, { title: 'FundAccount' })
export interface FundAccount extends Static<typeof FundAccount> {}

export const AdvanceClock = strictObject(
  { seconds: Type.Integer({ minimum: 1, maximum: 31_622_400, description: 'At most a year at once' }) },
  { title: 'AdvanceClock' },
)
export interface AdvanceClock extends Static<typeof AdvanceClock> {}

export const fundAccount = operation({
  id: 'fundAccount',
  method: 'POST',
  path: '/v1/sandbox/accounts/{accountId}/fund',
  summary: 'Put play money into a wallet',
  scope: 'sandbox:write',
  sandboxOnly: true,
  idempotencyKey: 'required',
  body: FundAccount,
  response: Funding,
  status: 201,
  problems: [
    'idempotency_key_required',
    'account_not_found',
    'account_closed',
    'currency_mismatch',
    'amount_too_large',
    'same_account',
  ],
})

export const listInbox = operation({
  id: 'listInbox',
  method: 'GET',
  path: '/v1/sandbox/inbox',
  summary: 'SMS that would have been sent, newest first',
  scope: 'sandbox:write',
  sandboxOnly: true,
  query: strictObject({ ...pageQuery, to: Type.Optional(Type.String({ maxLength: 24 })) }),
  response: InboxPage,
  problems: [],
})

export const getSandboxClock = operation({
  id: 'getSandboxClock',
  method: 'GET',
  path: '/v1/sandbox/clock',
  summary: 'The test clock',
  scope: 'sandbox:write',
  sandboxOnly: true,
  response: SandboxClock,
  problems: [],
})

export const advanceSandboxClock = operation({
  id: 'advanceSandboxClock',
  method: 'POST',
  path: '/v1/sandbox/clock/advance',
  summary: 'Move business time forward; what falls due happens, in order',
  scope: 'sandbox:write',
  sandboxOnly: true,
  body: AdvanceClock,
  response: SandboxClock,
  problems: [],
})
