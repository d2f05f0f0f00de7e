import type {
  AcceptDocument,
  CreateDocument,
  DocumentView,
  RejectDocument,
  UploadedDocument,
  ViewDocument,
} from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { Query } from '../http/route.ts'
import type { CallOptions, WriteOptions } from '../options.ts'

/** Pictures and files that show who somebody is. `uploadDocument` sends one whole, over any connection. */
export interface Documents {
  /** Begins an upload: what the file shows, how long it is, and its SHA-256. */
  create(ownerId: string, document: CreateDocument, options?: WriteOptions): Promise<UploadedDocument>
  /** Newest first, without their contents. */
  list(ownerId: string, query?: Query<'listMerchantDocuments'>, options?: CallOptions): List<UploadedDocument>
  /** Of all owners: those that wait for an operator's verdict, newest first. `personId` says whose each is. */
  waiting(query?: Query<'listWaitingMerchantDocuments'>, options?: CallOptions): List<UploadedDocument>
  /** Of an upload: `receivedBytes` is where it goes on. */
  get(ownerId: string, documentId: string, options?: CallOptions): Promise<UploadedDocument>
  /** Adds the bytes at an offset, at most 1 MiB. Never sent twice by itself: after a failure, ask `get`. */
  addPart(
    ownerId: string,
    documentId: string,
    offset: number,
    bytes: Uint8Array,
    options?: CallOptions,
  ): Promise<UploadedDocument>
  /** Has the whole file checked and kept. */
  complete(ownerId: string, documentId: string, options?: WriteOptions): Promise<UploadedDocument>
  /** The file as it is kept, for an operator; that they looked is written down. */
  view(ownerId: string, documentId: string, by: ViewDocument, options?: CallOptions): Promise<Uint8Array>
  /** Says that it shows what it should. */
  accept(ownerId: string, documentId: string, by: AcceptDocument, options?: WriteOptions): Promise<UploadedDocument>
  /** Says why it does not: it is evidence no more, and another is asked for. */
  reject(
    ownerId: string,
    documentId: string,
    decision: RejectDocument,
    options?: WriteOptions,
  ): Promise<UploadedDocument>
  /** Who looked, newest first. */
  views(
    ownerId: string,
    documentId: string,
    query?: Query<'listMerchantDocumentViews'>,
    options?: CallOptions,
  ): List<DocumentView>
}

export function merchantDocuments(http: Http): Documents {
  return {
    create: (merchantId, body, options) => http.send('createMerchantDocument', { merchantId, body }, options),
    list: (merchantId, query = {}, options) => http.list('listMerchantDocuments', { merchantId, query }, options),
    waiting: (query = {}, options) => http.list('listWaitingMerchantDocuments', { query }, options),
    get: (merchantId, documentId, options) => http.send('getMerchantDocument', { merchantId, documentId }, options),
    addPart: (merchantId, documentId, offset, body, options) =>
      http.send('addMerchantDocumentPart', { merchantId, documentId, query: { offset }, body }, options),
    complete: (merchantId, documentId, options) =>
      http.send('completeMerchantDocument', { merchantId, documentId }, options),
    view: (merchantId, documentId, body, options) =>
      http.send('viewMerchantDocument', { merchantId, documentId, body }, options),
    accept: (merchantId, documentId, body, options) =>
      http.send('acceptMerchantDocument', { merchantId, documentId, body }, options),
    reject: (merchantId, documentId, body, options) =>
      http.send('rejectMerchantDocument', { merchantId, documentId, body }, options),
    views: (merchantId, documentId, query = {}, options) =>
      http.list('listMerchantDocumentViews', { merchantId, documentId, query }, options),
  }
}

export function consumerDocuments(http: Http): Documents {
  return {
    create: (consumerId, body, options) => http.send('createConsumerDocument', { consumerId, body }, options),
    list: (consumerId, query = {}, options) => http.list('listConsumerDocuments', { consumerId, query }, options),
    waiting: (query = {}, options) => http.list('listWaitingConsumerDocuments', { query }, options),
    get: (consumerId, documentId, options) => http.send('getConsumerDocument', { consumerId, documentId }, options),
    addPart: (consumerId, documentId, offset, body, options) =>
      http.send('addConsumerDocumentPart', { consumerId, documentId, query: { offset }, body }, options),
    complete: (consumerId, documentId, options) =>
      http.send('completeConsumerDocument', { consumerId, documentId }, options),
    view: (consumerId, documentId, body, options) =>
      http.send('viewConsumerDocument', { consumerId, documentId, body }, options),
    accept: (consumerId, documentId, body, options) =>
      http.send('acceptConsumerDocument', { consumerId, documentId, body }, options),
    reject: (consumerId, documentId, body, options) =>
      http.send('rejectConsumerDocument', { consumerId, documentId, body }, options),
    views: (consumerId, documentId, query = {}, options) =>
      http.list('listConsumerDocumentViews', { consumerId, documentId, query }, options),
  }
}
