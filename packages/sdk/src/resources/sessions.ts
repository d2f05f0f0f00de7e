import type {
  ConfirmSession,
  RefreshSession,
  Self,
  Session,
  SessionTokens,
  StartedSession,
  StartSession,
} from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { Query } from '../http/route.ts'
import type { CallOptions, WriteOptions } from '../options.ts'

export interface SessionFilter extends Query<'listSessions'> {}

/** People who sign in with their phone. `signIn` does the first three; see docs/guides/sign-in.md. */
export interface Sessions {
  /** Sends a code to the phone, whoever's it is. */
  start(session: StartSession, options?: WriteOptions): Promise<StartedSession>
  /** Signs a device in with the code. */
  confirm(sessionId: string, confirmation: ConfirmSession, options?: CallOptions): Promise<SessionTokens>
  /** New tokens; the credentials of `signIn` do it by themselves. */
  refresh(sessionId: string, token: RefreshSession, options?: WriteOptions): Promise<SessionTokens>
  /** A person's own devices, newest first. */
  list(filter?: SessionFilter, options?: CallOptions): List<Session>
  /** Signs a device out, also a lost one. */
  end(sessionId: string, options?: CallOptions): Promise<Session>
  /** Who is signed in: shops and wallets, and invitations. */
  self(options?: CallOptions): Promise<Self>
}

export function sessions(http: Http): Sessions {
  return {
    start: (body, options) => http.send('startSession', { body }, options),
    confirm: (sessionId, body, options) => http.send('confirmSession', { sessionId, body }, options),
    refresh: (sessionId, body, options) => http.send('refreshSession', { sessionId, body }, options),
    list: (query = {}, options) => http.list('listSessions', { query }, options),
    end: (sessionId, options) => http.send('endSession', { sessionId }, options),
    self: (options) => http.send('getSelf', {}, options),
  }
}
