import { EVENT_TYPES, type EventType } from '@pisto/contract'
import { code, GENERATED, page, table } from './markdown.ts'

/** What each event tells: when it happens, and what `objectId` names. */
// biome-ignore format: a table
const EVENTS: Readonly<Record<EventType, readonly [object: string, when: string]>> = {
  'merchant.created':         ['merchant', 'A merchant was registered as a draft, or by an import.'],
  'merchant.activated':       ['merchant', 'A merchant became active: it has an account and can be paid.'],
  'merchant.updated':         ['merchant', 'A draft was edited, or what was returned was mended.'],
  'merchant.submitted':       ['merchant', 'A submitted merchant waits for an operator.'],
  'merchant.approvalProposed': ['merchant', 'The first of two operators approved; another one has to.'],
  'merchant.approved':        ['merchant', 'An operator approved: in one transaction with `merchant.activated`.'],
  'merchant.returned':        ['merchant', 'An operator asked for something to be mended.'],
  'merchant.rejected':        ['merchant', 'An operator refused for good.'],
  'merchant.suspended':       ['merchant', 'An operator paused an active merchant.'],
  'merchant.reinstated':      ['merchant', 'A suspended merchant goes on.'],
  'merchant.closed':          ['merchant', 'A merchant and its account were closed for good.'],
  'consumer.created':         ['consumer', 'A consumer was registered as a draft.'],
  'consumer.activated':       ['consumer', 'A consumer became active: it has a wallet and can pay.'],
  'consumer.updated':         ['consumer', 'A draft was edited, or what was returned was mended.'],
  'consumer.submitted':       ['consumer', 'A submitted consumer waits for an operator.'],
  'consumer.approvalProposed': ['consumer', 'The first of two operators approved; another one has to.'],
  'consumer.approved':        ['consumer', 'An operator approved: in one transaction with `consumer.activated`.'],
  'consumer.returned':        ['consumer', 'An operator asked for something to be mended.'],
  'consumer.rejected':        ['consumer', 'An operator refused for good.'],
  'consumer.suspended':       ['consumer', 'An operator paused an active consumer.'],
  'consumer.reinstated':      ['consumer', 'A suspended consumer goes on.'],
  'consumer.closed':          ['consumer', 'A consumer and its account were closed for good.'],
  'paymentRequest.created':   ['payment request', 'A merchant asked for an amount; the code can be shown.'],
  'paymentRequest.paid':      ['payment request', 'The request was paid: in one transaction with its `payment.completed`.'],
  'paymentRequest.cancelled': ['payment request', 'The merchant withdrew an open request.'],
  'paymentRequest.expired':   ['payment request', 'The end of an unpaid request was booked.'],
  'qrCode.created':           ['QR code', 'A code that a merchant prints or shows was made.'],
  'qrCode.used':              ['QR code', 'A one-shot code was paid by: in one transaction with its `payment.completed`.'],
  'qrCode.expired':           ['QR code', 'The end of a code was booked.'],
  'qrCode.revoked':           ['QR code', 'A code was withdrawn, or superseded by a new one.'],
  'payment.held':             ['payment', 'Money is kept for the payee until it is confirmed, cancelled or expired.'],
  'payment.completed':        ['payment', 'The payee has the money.'],
  'payment.cancelled':        ['payment', 'Held money was given back because somebody cancelled.'],
  'payment.expired':          ['payment', 'Held money was given back because nobody confirmed in time.'],
  'refund.completed':         ['refund', 'All or part of a payment was given back.'],
  'log.epochBegun':           ['tenant', 'The log goes on in a new epoch: the database was restored from a backup, and what it lacked is lost.'],
  'account.funded':           ['account', 'Play money was put into an account (sandbox).'],
  'account.opened':           ['account', 'An account of the institution’s own was opened.'],
  'account.frozen':           ['account', 'Nothing new leaves the account from now on.'],
  'account.unfrozen':         ['account', 'Money can leave the account again.'],
  'account.closed':           ['account', 'The account was closed for good.'],
  'transaction.created':      ['transaction', 'Money was moved or held by `createTransaction`.'],
  'transaction.posted':       ['transaction', 'Holds of the transaction were posted.'],
  'transaction.voided':       ['transaction', 'Holds of the transaction were voided.'],
  'transaction.expired':      ['transaction', 'A hold of the transaction was voided because its time was over.'],
  'transaction.reversed':     ['transaction', 'The transaction was undone by another one.'],
}

/** `docs/reference/events.md`. */
export const eventsPage = (): string =>
  page(
    GENERATED,
    '# Events',
    'What can happen, as `resource.verb-past`. Events are thin: they name an object and the status that it had then. Fetch the object for more.',
    table(
      ['type', '`objectId` is a', 'when'],
      EVENT_TYPES.map((type) => [code(type), ...EVENTS[type]]),
    ),
    '## Reading them',
    '- [`GET /v1/events`](operations.md#listevents) lists them, oldest first. `nextCursor` is where to go on, also when there is no more now.\n- [`GET /v1/events/stream`](operations.md#streamevents) sends them as they happen (Server-Sent Events). `Last-Event-ID` or `after` goes on from a place; without it the stream starts now.\n- `types=payment.completed,refund.completed` filters both.',
    '## Order',
    'An event’s place is `sequence.index`: the sequence of its transaction in the tenant’s books, and its number within it. Sequences have no gaps, so a receiver that keeps the last place misses nothing and sees nothing twice. An event commits with its effect: there is no event without its effect, and no such effect without its event.',
  )
