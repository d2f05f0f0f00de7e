import {
  AcceptDocument,
  CreateDocument,
  DocumentBytes,
  DocumentPage,
  DocumentViewPage,
  partBytes,
  partQuery,
  RejectDocument,
  UploadedDocument,
  ViewDocument,
  waitingQuery,
} from './documents.ts'
import { operation } from './operation.ts'
import { pageQuery, strictObject } from './values.ts'

export const createConsumerDocument = operation({
  id: 'createConsumerDocument',
  method: 'POST',
  path: '/v1/consumers/{consumerId}/documents',
  summary: 'Begin the upload of a consumer’s document; it lapses after a day',
  scope: 'consumers:write',
  person: { scope: 'self:draft', of: { consumerId: 'owner' } },
  idempotencyKey: 'accepted',
  body: CreateDocument,
  response: UploadedDocument,
  status: 201,
  problems: ['consumer_not_found', 'consumer_wrong_status', 'document_limit_reached', 'document_date_invalid'],
})

export const listConsumerDocuments = operation({
  id: 'listConsumerDocuments',
  method: 'GET',
  path: '/v1/consumers/{consumerId}/documents',
  summary: 'List a consumer’s documents, newest first, without their contents',
  scope: 'consumers:read',
  person: { scope: 'self:draft', of: { consumerId: 'owner' } },
  query: strictObject(pageQuery),
  response: DocumentPage,
  problems: ['consumer_not_found'],
})

export const listWaitingConsumerDocuments = operation({
  id: 'listWaitingConsumerDocuments',
  method: 'GET',
  path: '/v1/consumers/documents',
  summary:
    'List the documents of all consumers that wait for an operator’s verdict, newest first, without their contents',
  scope: 'consumers:review',
  query: waitingQuery,
  response: DocumentPage,
  problems: [],
})

export const getConsumerDocument = operation({
  id: 'getConsumerDocument',
  method: 'GET',
  path: '/v1/consumers/{consumerId}/documents/{documentId}',
  summary: 'Get a consumer’s document without its content: `receivedBytes` is where an interrupted upload goes on',
  scope: 'consumers:read',
  person: { scope: 'self:draft', of: { consumerId: 'owner' } },
  response: UploadedDocument,
  problems: ['consumer_not_found', 'document_not_found'],
})

export const addConsumerDocumentPart = operation({
  id: 'addConsumerDocumentPart',
  method: 'PATCH',
  path: '/v1/consumers/{consumerId}/documents/{documentId}/content',
  summary: 'Add the next bytes of an upload; after a lost answer, ask for `receivedBytes` first',
  scope: 'consumers:write',
  person: { scope: 'self:draft', of: { consumerId: 'owner' } },
  query: partQuery,
  bytes: partBytes,
  response: UploadedDocument,
  problems: [
    'person_erased',
    'consumer_not_found',
    'document_not_found',
    'document_wrong_status',
    'document_offset_wrong',
    'document_part_too_long',
  ],
})

export const completeConsumerDocument = operation({
  id: 'completeConsumerDocument',
  method: 'POST',
  path: '/v1/consumers/{consumerId}/documents/{documentId}/complete',
  summary: 'Finish an upload: the file is checked, cleaned of what is nobody’s business, encrypted and kept',
  scope: 'consumers:write',
  person: { scope: 'self:draft', of: { consumerId: 'owner' } },
  idempotencyKey: 'accepted',
  response: UploadedDocument,
  problems: [
    'person_erased',
    'consumer_not_found',
    'document_not_found',
    'document_wrong_status',
    'document_incomplete',
    'document_refused',
  ],
})

export const viewConsumerDocument = operation({
  id: 'viewConsumerDocument',
  method: 'POST',
  path: '/v1/consumers/{consumerId}/documents/{documentId}/view',
  summary: 'Look at a consumer’s document: the file as it is kept. Who looked is written down first',
  scope: 'consumers:review',
  body: ViewDocument,
  response: DocumentBytes,
  mediaType: 'application/octet-stream',
  attachment: true,
  problems: ['consumer_not_found', 'document_not_found', 'document_wrong_status', 'person_erased'],
})

export const acceptConsumerDocument = operation({
  id: 'acceptConsumerDocument',
  method: 'POST',
  path: '/v1/consumers/{consumerId}/documents/{documentId}/accept',
  summary: 'Say that a consumer’s document shows what it should',
  scope: 'consumers:review',
  idempotencyKey: 'accepted',
  body: AcceptDocument,
  response: UploadedDocument,
  problems: [
    'consumer_not_found',
    'consumer_wrong_status',
    'document_not_found',
    'document_wrong_status',
    'review_assigned',
    'person_erased',
  ],
})

export const rejectConsumerDocument = operation({
  id: 'rejectConsumerDocument',
  method: 'POST',
  path: '/v1/consumers/{consumerId}/documents/{documentId}/reject',
  summary:
    'Say that a consumer’s document does not show what it should: it is evidence no more, and another is asked for',
  scope: 'consumers:review',
  idempotencyKey: 'accepted',
  body: RejectDocument,
  response: UploadedDocument,
  problems: [
    'consumer_not_found',
    'consumer_wrong_status',
    'document_not_found',
    'document_wrong_status',
    'review_assigned',
    'person_erased',
  ],
})

export const listConsumerDocumentViews = operation({
  id: 'listConsumerDocumentViews',
  method: 'GET',
  path: '/v1/consumers/{consumerId}/documents/{documentId}/views',
  summary: 'Who looked at a consumer’s document, newest first',
  scope: 'consumers:review',
  query: strictObject(pageQuery),
  response: DocumentViewPage,
  problems: ['consumer_not_found', 'document_not_found'],
})
