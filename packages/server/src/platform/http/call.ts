import type { Language, Scope } from '@pisto/contract'
import type { Person } from '../../sessions/person.ts'
import type { Sender } from '../../sessions/proof-of-possession.ts'
import type { TenantProfile } from '../../tenants/profile.ts'

/** Who calls and how: HTTP has been dealt with. Every handler gets one. */
export interface Call {
  readonly tenantId: string
  readonly tenant: TenantProfile
  /** Id of the key or OAuth client: idempotency keys are scoped to it. */
  readonly clientId: string
  readonly scopes: ReadonlySet<Scope>
  /** Somebody who signed in, where it is no key that calls: lists are narrowed to what is theirs. */
  readonly person?: Person | undefined
  /** From where, with which proof. */
  readonly sender?: Sender | undefined
  /** The operation's id. */
  readonly operation: string
  /** The `Idempotency-Key` header. */
  readonly idempotencyKey: string | undefined
  /** HMAC of path and body: tells whether a repeated key is the same request. Of a file: once it was read. */
  readonly bodyHash: Uint8Array
  readonly language: Language
  readonly traceId: string
  readonly livemode: boolean
  /** What the answer is written as: the operation's own type, or the alternative that the caller prefers. */
  readonly mediaType: string
  /** The `If-Match` header of an edit. */
  readonly ifMatch?: string | undefined
  /** The `Last-Event-ID` header of a stream that goes on. */
  readonly lastEventId?: string | undefined
  /** Decide and change nothing. */
  readonly dryRun: boolean
  /** Aborted when the caller has gone away or the server stops. */
  readonly signal: AbortSignal
  /** Set by `perform` when the answer is an earlier one: becomes `Idempotent-Replayed: true`. */
  replayed: boolean
}
