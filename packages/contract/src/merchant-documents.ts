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

export const createMerchantDocument = operation({
  id: 'createMerchantDocument',
  method: 'POST',
  path: '/v1/merchants/{merchantId}/documents',
  summary: 'Begin the upload of a merchant’s document; it lapses after a day',
  scope: 'merchants:write',
  person: { scope: 'self:draft', of: { merchantId: 'owner' } },
  idempotencyKey: 'accepted',
  body: CreateDocument,
  response: UploadedDocument,
  status: 201,
  problems: ['merchant_not_found', 'merchant_wrong_status', 'document_limit_reached', 'document_date_invalid'],
})

export const listMerchantDocuments = operation({
  id: 'listMerchantDocuments',
  method: 'GET',
  path: '/v1/merchants/{merchantId}/documents',
  summary: 'List a merchant’s documents, newest first, without their contents',
  scope: 'merchants:read',
  person: { scope: 'self:draft', of: { merchantId: 'owner' } },
  query: strictObject(pageQuery),
  response: DocumentPage,
  problems: ['merchant_not_found'],
})

export const listWaitingMerchantDocuments = operation({
  id: 'listWaitingMerchantDocuments',
  method: 'GET',
  path: '/v1/merchants/documents',
  summary:
    'List the documents of all merchants that wait for an operator’s verdict, newest first, without their contents',
  scope: 'merchants:review',
  query: waitingQuery,
  response: DocumentPage,
  problems: [],
})

export const getMerchantDocument = operation({
  id: 'getMerchantDocument',
  method: 'GET',
  path: '/v1/merchants/{merchantId}/documents/{documentId}',
  summary: 'Get a merchant’s document without its content: `receivedBytes` is where an interrupted upload goes on',
  scope: 'merchants:read',
  person: { scope: 'self:draft', of: { merchantId: 'owner' } },
  response: UploadedDocument,
  problems: ['merchant_not_found', 'document_not_found'],
})

export const addMerchantDocumentPart = operation({
  id: 'addMerchantDocumentPart',
  method: 'PATCH',
  path: '/v1/merchants/{merchantId}/documents/{documentId}/content',
  summary: 'Add the next bytes of an upload; after a lost answer, ask for `receivedBytes` first',
  scope: 'merchants:write',
  person: { scope: 'self:draft', of: { merchantId: 'owner' } },
  query: partQuery,
  bytes: partBytes,
  response: UploadedDocument,
  problems: [
    'person_erased',
    'merchant_not_found',
    'document_not_found',
    'document_wrong_status',
    'document_offset_wrong',
    'document_part_too_long',
  ],
})

export const completeMerchantDocument = operation({
  id: 'completeMerchantDocument',
  method: 'POST',
  path: '/v1/merchants/{merchantId}/documents/{documentId}/complete',
  summary: 'Finish an upload: the file is checked, cleaned of what is nobody’s business, encrypted and kept',
  scope: 'merchants:write',
  person: { scope: 'self:draft', of: { merchantId: 'owner' } },
  idempotencyKey: 'accepted',
  response: UploadedDocument,
  problems: [
    'person_erased',
    'merchant_not_found',
    'document_not_found',
    'document_wrong_status',
    'document_incomplete',
    'document_refused',
  ],
})

export const viewMerchantDocument = operation({
  id: 'viewMerchantDocument',
  method: 'POST',
  path: '/v1/merchants/{merchantId}/documents/{documentId}/view',
  summary: 'Look at a merchant’s document: the file as it is kept. Who looked is written down first',
  scope: 'merchants:review',
  body: ViewDocument,
  response: DocumentBytes,
  mediaType: 'application/octet-stream',
  attachment: true,
  problems: ['merchant_not_found', 'document_not_found', 'document_wrong_status', 'person_erased'],
})

export const acceptMerchantDocument = operation({
  id: 'acceptMerchantDocument',
  method: 'POST',
  path: '/v1/merchants/{merchantId}/documents/{documentId}/accept',
  summary: 'Say that a merchant’s document shows what it should',
  scope: 'merchants:review',
  idempotencyKey: 'accepted',
  body: AcceptDocument,
  response: UploadedDocument,
  problems: [
    'merchant_not_found',
    'merchant_wrong_status',
    'document_not_found',
    'document_wrong_status',
    'review_assigned',
    'person_erased',
  ],
})

export const rejectMerchantDocument = operation({
  id: 'rejectMerchantDocument',
  method: 'POST',
  path: '/v1/merchants/{merchantId}/documents/{documentId}/reject',
  summary:
    'Say that a merchant’s document does not show what it should: it is evidence no more, and another is asked for',
  scope: 'merchants:review',
  idempotencyKey: 'accepted',
  body: RejectDocument,
  response: UploadedDocument,
  problems: [
    'merchant_not_found',
    'merchant_wrong_status',
    'document_not_found',
    'document_wrong_status',
    'review_assigned',
    'person_erased',
  ],
})

export const listMerchantDocumentViews = operation({
  id: 'listMerchantDocumentViews',
  method: 'GET',
  path: '/v1/merchants/{merchantId}/documents/{documentId}/views',
  summary: 'Who looked at a merchant’s document, newest first',
  scope: 'merchants:review',
  query: strictObject(pageQuery),
  response: DocumentViewPage,
  problems: ['merchant_not_found', 'document_not_found'],
})
