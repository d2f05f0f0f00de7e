import type { OperationTable } from '@pisto/contract'
import { CONSUMER } from '../consumers/consumer.ts'
import { MERCHANT } from '../merchants/merchant.ts'
import type { Call } from '../platform/http/call.ts'
import type { Handlers } from '../platform/http/handlers.ts'
import { type PageQuery, pageById } from '../platform/http/page.ts'
import type { Kind } from '../registrations/kinds.ts'
import { completeDocument } from './complete.ts'
import { showDocument } from './document.ts'
import {
  addDocumentPart,
  createDocument,
  type DocumentDeps,
  type DocumentKey,
  getDocument,
  getPerson,
} from './service.ts'
import { listDocuments } from './store.ts'
import { judgeDocument, type VerdictDeps } from './verdict.ts'
import { viewDocument } from './view.ts'
import { listViews } from './views.ts'
import { waitingPage } from './waiting.ts'

/** HTTP has been dealt with: input is valid, the caller is known, the operation is allowed. */
export const merchantDocumentHandlers = (deps: VerdictDeps): Handlers<OperationTable['merchantDocuments']> => ({
  createMerchantDocument: ({ merchantId, body }, call) => createDocument(deps, call, MERCHANT, merchantId, body),
  listMerchantDocuments: ({ merchantId, query }, call) => documentPage(deps, call, MERCHANT, merchantId, query),
  listWaitingMerchantDocuments: ({ query }, call) => waitingPage(deps, call, MERCHANT, query),
  async getMerchantDocument(path, call) {
    return showDocument(await getDocument(deps.db, call.tenantId, MERCHANT, ofMerchant(path)), call)
  },
  addMerchantDocumentPart: ({ query: { offset }, body: bytes, ...path }, call) =>
    addDocumentPart(deps, call, MERCHANT, ofMerchant(path), { offset, bytes }),
  completeMerchantDocument: (path, call) => completeDocument(deps, call, MERCHANT, ofMerchant(path)),
  viewMerchantDocument: ({ body, ...path }, call) => viewDocument(deps, call, MERCHANT, ofMerchant(path), body),
  acceptMerchantDocument: ({ body, ...path }, call) => judgeDocument(deps, call, MERCHANT, ofMerchant(path), body),
  rejectMerchantDocument: ({ body, ...path }, call) => judgeDocument(deps, call, MERCHANT, ofMerchant(path), body),
  listMerchantDocumentViews: ({ query, ...path }, call) => viewPage(deps, call, MERCHANT, ofMerchant(path), query),
})

/** The same of consumers. */
export const consumerDocumentHandlers = (deps: VerdictDeps): Handlers<OperationTable['consumerDocuments']> => ({
  createConsumerDocument: ({ consumerId, body }, call) => createDocument(deps, call, CONSUMER, consumerId, body),
  listConsumerDocuments: ({ consumerId, query }, call) => documentPage(deps, call, CONSUMER, consumerId, query),
  listWaitingConsumerDocuments: ({ query }, call) => waitingPage(deps, call, CONSUMER, query),
  async getConsumerDocument(path, call) {
    return showDocument(await getDocument(deps.db, call.tenantId, CONSUMER, ofConsumer(path)), call)
  },
  addConsumerDocumentPart: ({ query: { offset }, body: bytes, ...path }, call) =>
    addDocumentPart(deps, call, CONSUMER, ofConsumer(path), { offset, bytes }),
  completeConsumerDocument: (path, call) => completeDocument(deps, call, CONSUMER, ofConsumer(path)),
  viewConsumerDocument: ({ body, ...path }, call) => viewDocument(deps, call, CONSUMER, ofConsumer(path), body),
  acceptConsumerDocument: ({ body, ...path }, call) => judgeDocument(deps, call, CONSUMER, ofConsumer(path), body),
  rejectConsumerDocument: ({ body, ...path }, call) => judgeDocument(deps, call, CONSUMER, ofConsumer(path), body),
  listConsumerDocumentViews: ({ query, ...path }, call) => viewPage(deps, call, CONSUMER, ofConsumer(path), query),
})

const ofMerchant = (path: { readonly merchantId: string; readonly documentId: string }): DocumentKey => ({
  registrationId: path.merchantId,
  documentId: path.documentId,
})

const ofConsumer = (path: { readonly consumerId: string; readonly documentId: string }): DocumentKey => ({
  registrationId: path.consumerId,
  documentId: path.documentId,
})

async function documentPage(
  { db }: DocumentDeps,
  call: Call,
  kind: Kind<unknown>,
  registrationId: string,
  query: PageQuery,
) {
  await getPerson(db, call.tenantId, kind, registrationId)
  return pageById(
    query,
    'doc',
    (page) => listDocuments(db, call.tenantId, registrationId, page),
    (document) => showDocument(document, call),
  )
}

async function viewPage(
  { db }: DocumentDeps,
  { tenantId, livemode }: Call,
  kind: Kind<unknown>,
  where: DocumentKey,
  query: PageQuery,
) {
  const { id } = await getDocument(db, tenantId, kind, where)
  return pageById(
    query,
    'dvw',
    (page) => listViews(db, tenantId, id, page),
    ({ id: viewId, ...view }) => ({ id: viewId, livemode, ...view }),
  )
}
