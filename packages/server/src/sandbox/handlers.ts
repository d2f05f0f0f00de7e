import { type InboxMessage, type OPERATIONS, PistoProblem } from '@pisto/contract'
import type { Ledger, Queryable } from '@pisto/ledger'
import type { Handlers } from '../platform/http/handlers.ts'
import { pageById } from '../platform/http/page.ts'
import type { PersonalData } from '../platform/personal-data/personal-data.ts'
import { fundAccount } from './fund.ts'
import { listMessages, type Message } from './inbox.ts'

export interface SandboxDeps {
  readonly db: Queryable
  readonly personalData: PersonalData
  readonly ledger: Ledger
  readonly clock: {
    now(): Date
    /** Undefined: that is too far ahead. */
    advance(seconds: number): Promise<Date | undefined>
  }
  /** Does what is due, and resolves when it is done. */
  readonly runDue: () => Promise<void>
}

/** Testers' tools. Outside the sandbox these operations do not exist. */
export const sandboxHandlers = (deps: SandboxDeps): Handlers<(typeof OPERATIONS)['sandbox']> => ({
  fundAccount: (input, call) => fundAccount(deps, call, input),

  listInbox: ({ query }, { tenantId }) =>
    pageById(query, 'msg', (page) => listMessages(deps, tenantId, { to: query.to, ...page }), showMessage),

  getSandboxClock: () => ({ now: deps.clock.now().toISOString() }),

  async advanceSandboxClock({ body: { seconds } }) {
    if ((await deps.clock.advance(seconds)) === undefined) {
      throw new PistoProblem('request_invalid', {}, { errors: [TOO_FAR] })
    }
    await deps.runDue()
    return { now: deps.clock.now().toISOString() }
  },
})

const showMessage = ({ createdAt, ...message }: Message): InboxMessage => ({
  ...message,
  createdAt: createdAt.toISOString(),
})

const TOO_FAR = {
  pointer: '/seconds',
  code: 'maximum',
  message: 'The clock is at most a century ahead',
  messageEs: 'El reloj va como máximo un siglo adelante',
}
