import { type Static, Type } from 'typebox'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import { Livemode, pageOf, strictObject, Timestamp } from './values.ts'

/** What can happen, as `resource.verb-past`. Thin: fetch the object for more. */
export const EVENT_TYPES = [
  'merchant.created',
  'merchant.activated',
  'merchant.updated',
  'merchant.submitted',
  'merchant.approvalProposed',
  'merchant.approved',
  'merchant.returned',
  'merchant.rejected',
  'merchant.suspended',
  'merchant.reinstated',
  'merchant.closed',
  'merchant.upgradeRequested',
  'merchant.upgraded',
  'merchant.erasureRequested',
  'merchant.erased',
  'consumer.created',
  'consumer.activated',
  'consumer.updated',
  'consumer.submitted',
  'consumer.approvalProposed',
  'consumer.approved',
  'consumer.returned',
  'consumer.rejected',
  'consumer.suspended',
  'consumer.reinstated',
  'consumer.closed',
  'consumer.upgradeRequested',
  'consumer.upgraded',
  'merchant.enrolled',
  'consumer.enrolled',
  'agent.created',
  'agent.suspended',
  'agent.reinstated',
  'agent.deviceAdded',
  'agent.deviceRevoked',
  'document.stored',
  'document.expired',
  'import.created',
  'import.completed',
  'consumer.erasureRequested',
  'consumer.erased',
  'paymentRequest.created',
  'paymentRequest.paid',
  'paymentRequest.cancelled',
  'paymentRequest.expired',
  'qrCode.created',
  'qrCode.used',
  'qrCode.expired',
  'qrCode.revoked',
  'payment.held',
  'payment.completed',
  'payment.cancelled',
  'payment.expired',
  'refund.completed',
  'log.epochBegun',
  'screeningList.activated',
  'screeningList.withdrawn',
  'monitoringRule.created',
  'case.opened',
  'case.decisionProposed',
  'case.cleared',
  'case.confirmed',
  'case.appealed',
  'account.funded',
  'account.opened',
  'account.frozen',
  'account.unfrozen',
  'account.closed',
  'transaction.created',
  'transaction.posted',
  'transaction.voided',
  'transaction.expired',
  'transaction.reversed',
] as const
export type EventType = (typeof EVENT_TYPES)[number]

export const Event = strictObject(
  {
    id: idOf('evt'),
    livemode: Livemode,
    type: Type.Enum([...EVENT_TYPES]),
    tenantId: idOf('ten'),
    time: Timestamp,
    sequence: Type.Integer({ minimum: 1 }),
    index: Type.Integer({ minimum: 0, description: 'Among the events of this sequence' }),
    objectId: Type.String(),
    status: Type.String({ description: 'Of the object when it happened' }),
  },
  { title: 'Event' },
)
export interface Event extends Static<typeof Event> {}

export const EventPage = pageOf(Event, 'EventPage')

const types = Type.Optional(
  Type.String({ maxLength: 1000, pattern: '^[A-Za-z.,]+$', description: 'Comma-separated event types' }),
)

export const listEvents = operation({
  id: 'listEvents',
  method: 'GET',
  path: '/v1/events',
  summary: 'List events, oldest first, after a cursor; `nextCursor` is where to go on, also when there is no more now',
  scope: 'events:read',
  query: strictObject({
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: 'Default 20' })),
    after: Type.Optional(Type.String({ pattern: '^\\d{1,15}\\.\\d{1,4}$', description: '`sequence.index`' })),
    types,
  }),
  response: EventPage,
  problems: [],
})

export const streamEvents = operation({
  id: 'streamEvents',
  method: 'GET',
  path: '/v1/events/stream',
  summary: 'Events as they happen (Server-Sent Events); `Last-Event-ID` or `after` goes on from there',
  scope: 'events:read',
  query: strictObject({
    after: Type.Optional(Type.String({ pattern: '^\\d{1,15}\\.\\d{1,4}$', description: 'Default: from now on' })),
    types,
  }),
  response: Type.String(),
  mediaType: 'text/event-stream',
  problems: [],
})
