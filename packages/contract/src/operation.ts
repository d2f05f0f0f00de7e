import type { Static, TSchema } from 'typebox'
import type { ProblemCode } from './problems.ts'

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** What a key may do. One word a resource and verb; a sandbox key has them all but `self`. */
export type Scope =
  | 'public'
  | 'tenant:read'
  | 'tenant:write'
  | 'merchants:read'
  | 'merchants:write'
  | 'merchants:review'
  | 'consumers:read'
  | 'consumers:write'
  | 'consumers:review'
  | 'accounts:read'
  | 'accounts:write'
  | 'agents:read'
  | 'agents:write'
  | 'sync:write'
  | 'aliases:read'
  | 'aliases:write'
  | 'transactions:read'
  | 'transactions:write'
  | 'reports:read'
  | 'payment-requests:read'
  | 'payment-requests:write'
  | 'qr:read'
  | 'qr:write'
  | 'payments:read'
  | 'payments:write'
  | 'events:read'
  | 'log:read'
  | 'policies:read'
  | 'imports:read'
  | 'imports:write'
  | 'screening-lists:read'
  | 'screening-lists:write'
  | 'screenings:read'
  | 'screenings:write'
  | 'cases:read'
  | 'cases:decide'
  | 'cases:report'
  | 'monitoring:read'
  | 'monitoring:write'
  | 'sessions:read'
  | 'sessions:write'
  | 'self'
  | 'phone-changes:write'
  | 'keys:write'
  | 'sandbox:write'

/**
 * What a person's token may do. `draft`: register oneself; the others come with an active registration: `read` what is
 * one's own, `charge` for a shop, `pay` from one's wallet, `manage` one's shop.
 */
export type PersonScope = 'self:draft' | 'self:read' | 'self:charge' | 'self:pay' | 'self:manage'

/**
 * Who, of the people around an object, may ask. `owner`: of the shop or wallet, of what it owns, of what it was paid.
 * `staff`: whoever charges there, too; of requests, those that they made. `payer`: whose wallet pays. `party`: payer or
 * payee. `self`: one's own session.
 * `invited`: whose phone was invited to the shop.
 */
export type PersonRight = 'owner' | 'staff' | 'payer' | 'party' | 'self' | 'invited'

/** Names of ids, in path or body, by which it is known whose an object is. */
export type OwnedId =
  | 'merchantId'
  | 'consumerId'
  | 'accountId'
  | 'payerAccountId'
  | 'paymentId'
  | 'paymentRequestId'
  | 'sessionId'

/** How a person, signed in by phone, may call an operation. What is another's is not found; lists have only what is own. */
export interface PersonRule {
  readonly scope: PersonScope
  /** Whose what the ids name must be: all of them. */
  readonly of?: Readonly<Partial<Record<OwnedId, PersonRight>>>
}

/** Another form of a JSON answer. */
export interface Alternative {
  readonly mediaType: 'text/plain' | 'image/svg+xml' | 'image/png'
  readonly description: string
}

/** A body that is read whole and handed on as it is. */
export interface ByteBody {
  readonly mediaType: 'application/octet-stream'
  readonly maxBytes: number
  readonly description: string
}

/** What a file is. */
export type FileType =
  | 'application/json'
  | 'text/csv'
  | 'text/plain'
  | 'application/pdf'
  | 'application/xml'
  | 'image/svg+xml'

/** What a file that is sent may be. */
export type UploadType = 'text/csv' | 'application/x-ndjson'

/** A file that is read while it comes. */
export interface UploadedFile {
  readonly mediaType: UploadType
  readonly bytes: AsyncIterable<Uint8Array>
}

/** One entry is the whole truth: types, routing, validation, rights, SDK method, OpenAPI, docs. */
export interface Operation {
  readonly id: string
  readonly method: Method
  /** Parameters in braces: `/v1/payments/{paymentId}`; one with a star takes the rest of the path. */
  readonly path: string
  readonly summary: string
  /** What a key needs; `self`: no key may, only people. */
  readonly scope: Scope
  /** How people may call it. Left out: they may not. */
  readonly person?: PersonRule
  /** `required`: moves money. `accepted`: any other effect. Left out: no effect. */
  readonly idempotencyKey?: 'required' | 'accepted'
  readonly sandboxOnly?: true
  readonly query?: TSchema
  /** JSON. A body of no fields, or with none that has to be there, may be left out altogether. */
  readonly body?: TSchema
  /** The body is bytes as they are, not JSON. */
  readonly bytes?: ByteBody
  /** The body is a file of one of these types, read while it comes. */
  readonly upload?: readonly UploadType[]
  readonly response: TSchema
  /** Status of the success. Default 200. */
  readonly status?: 200 | 201
  /** What the answer is, where it is not JSON. */
  readonly mediaType?: 'text/plain' | 'application/octet-stream' | 'text/event-stream'
  /** What it answers with instead of JSON where `Accept` prefers it. */
  readonly alternatives?: readonly Alternative[]
  /**
   * What the field `format`, of query or body, makes of the answer: written piece by piece, however long it is. `json`
   * is the form that `response` describes, and the default where it exists; the others are files to keep.
   */
  readonly formats?: Readonly<Record<string, FileType>>
  /** The answer is bytes to keep under a name, never to show in a page. */
  readonly attachment?: true
  /** Who may keep the answer: `immutable` anybody for good, `revalidated` whoever asks each time. Left out: nobody. */
  readonly caching?: 'immutable' | 'revalidated'
  /** The answer has an `ETag`: its field `revision`. An edit takes `If-Match`. */
  readonly etag?: 'revision'
  /** Beyond what any operation may answer (`COMMON_PROBLEMS`). */
  readonly problems: readonly ProblemCode[]
}

export const COMMON_PROBLEMS = [
  'request_invalid',
  'request_timeout',
  'unauthenticated',
  'scope_missing',
  'host_refused',
  'origin_refused',
  'rate_limited',
  'internal',
  'unavailable',
] as const satisfies readonly ProblemCode[]

/** Further problems of every operation that takes an `Idempotency-Key`. */
export const WRITE_PROBLEMS = [
  'body_malformed',
  'body_too_large',
  'media_type_unsupported',
  'idempotency_key_reused',
  'idempotency_in_progress',
  'answer_erased',
  'overloaded',
  'clock_behind',
] as const satisfies readonly ProblemCode[]

/** Keeps the literal types of an entry. */
export const operation = <const O extends Operation>(entry: O): O => entry

/** `'/v1/payments/{paymentId}'` → `{ paymentId: string }` */
export type PathParameters<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? { readonly [K in Name extends `${infer Bare}*` ? Bare : Name]: string } & PathParameters<Rest>
  : unknown

type Query<O extends Operation> = O['query'] extends TSchema ? { readonly query: Static<O['query']> } : unknown

/** Of what a POST may say and need not, the whole may be left out. */
type Body<O extends Operation> = O['body'] extends TSchema
  ? [O['method'], object] extends ['POST', Static<O['body']>]
    ? { readonly body?: Static<O['body']> }
    : { readonly body: Static<O['body']> }
  : unknown

type Bytes<O extends Operation> = O extends { readonly bytes: ByteBody } ? { readonly body: Uint8Array } : unknown
type File<O extends Operation> = O['upload'] extends readonly UploadType[] ? { readonly file: UploadedFile } : unknown

/** What a handler gets: path parameters by name, `query`, `body` and `file` where the operation has them. */
export type OperationInput<O extends Operation> = PathParameters<O['path']> & Query<O> & Body<O> & Bytes<O> & File<O>
export type OperationOutput<O extends Operation> = Static<O['response']>
