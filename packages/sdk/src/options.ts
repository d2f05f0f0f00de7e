import type { Language } from '@pisto/contract'

/** Gives the bearer token of the next attempt: asked each time, so that tokens may change while the client lives. */
export type Credentials = () => string | Promise<string>

/** Says who sends each request by what it is: a person's tokens, which only their device can use. */
export interface RequestCredentials {
  /** Headers of one attempt. */
  headers(request: { readonly method: string; readonly url: string }): Promise<Readonly<Record<string, string>>>
  /** After a refusal: gets newer ones, where there are any. @returns Whether to send the request once more. */
  renew(refusal: { readonly code: string }): Promise<boolean>
}

/** How a client is made. One of `apiKey` and `credentials`, or neither for what is public (`service`). */
export interface PistoOptions {
  /** Where Pisto is, e.g. `https://pisto.bank.example`; a path is kept. */
  readonly baseUrl: string
  readonly apiKey?: string
  /** A function that gives a token, or what `signIn` gave for a person. */
  readonly credentials?: Credentials | RequestCredentials
  /** Language of problems' `title` and `detail`. Default: the browser's, or English. */
  readonly locale?: Language
  /** Of one attempt, from the request to the answer's last byte. Default 30,000. */
  readonly timeoutMs?: number
  /** How often a call is sent again at most; 0 to 10. Default 3. */
  readonly maxRetries?: number
  /** Default: the global one. */
  readonly fetch?: typeof globalThis.fetch
  /** Gives that many random bytes, for keys and jitter. Default: WebCrypto. */
  readonly random?: (byteCount: number) => Uint8Array
  readonly clock?: Clock
}

/** Time as the client needs it: a test passes one that does not wait. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Resolves after that time; rejects with the signal's reason when it aborts before. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>
}

/** What every call takes last. */
export interface CallOptions {
  /** Ends the call: it rejects with the signal's reason. What was sent may still have its effect. */
  readonly signal?: AbortSignal
  /** Instead of the client's. */
  readonly timeoutMs?: number
  /** Instead of the client's. */
  readonly maxRetries?: number
}

/** What a call with an effect takes last. */
export interface WriteOptions extends CallOptions {
  /** Reuse one key for one intent. Default: a fresh UUID kept across this call's retries. */
  readonly idempotencyKey?: string
}

/** What an edit takes last. */
export interface EditOptions extends WriteOptions {
  /** The `revision` that was read: an edit of another one by now is refused (`revision_stale`). */
  readonly ifRevision?: number
}

/** What a call that moves money takes last. */
export interface MoneyOptions extends WriteOptions {
  /** Asks what the call would answer now; nothing is changed. */
  readonly dryRun?: boolean
}
