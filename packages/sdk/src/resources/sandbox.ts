import type { AdvanceClock, FundAccount, Funding, InboxMessage, SandboxClock } from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { Query } from '../http/route.ts'
import type { CallOptions, WriteOptions } from '../options.ts'

export interface InboxFilter extends Query<'listInbox'> {}

/** Testers' tools; elsewhere than in the sandbox they answer `route_not_found`. */
export interface Sandbox {
  /** Puts play money into a wallet. */
  fund(accountId: string, funding: FundAccount, options?: WriteOptions): Promise<Funding>
  /** SMS that would have been sent, newest first. */
  inbox(filter?: InboxFilter, options?: CallOptions): List<InboxMessage>
  /** Business time. */
  clock(options?: CallOptions): Promise<SandboxClock>
  /** Moves business time forward; what falls due happens. Takes no idempotency key and is never sent twice. */
  advanceClock(duration: AdvanceClock, options?: CallOptions): Promise<SandboxClock>
}

export function sandbox(http: Http): Sandbox {
  return {
    fund: (accountId, body, options) => http.send('fundAccount', { accountId, body }, options),
    inbox: (query = {}, options) => http.list('listInbox', { query }, options),
    clock: (options) => http.send('getSandboxClock', {}, options),
    advanceClock: (body, options) => http.send('advanceSandboxClock', { body }, options),
  }
}
