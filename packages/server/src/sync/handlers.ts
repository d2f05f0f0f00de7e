import type { OperationTable } from '@pisto/contract'
import type { Handlers } from '../platform/http/handlers.ts'
import type { SyncDeps } from './journal.ts'
import { syncJournal } from './service.ts'
import { Turns } from './turns.ts'

/** HTTP has been dealt with: input is valid, the caller is known, the operation is allowed. */
export function syncHandlers(deps: SyncDeps): Handlers<OperationTable['sync']> {
  const turns = new Turns()
  return {
    async syncJournal({ body }, call) {
      return { results: await turns.take(body.deviceId, () => syncJournal(deps, call, body)) }
    },
  }
}
