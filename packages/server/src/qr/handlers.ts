import type { OperationTable } from '@pisto/contract'
import type { Handlers } from '../platform/http/handlers.ts'
import { parseQr, type QrDeps, resolveQr } from './service.ts'

/** HTTP has been dealt with: input is valid, the caller is known, the operation is allowed. */
export const qrHandlers = (deps: QrDeps): Handlers<OperationTable['qr']> => ({
  parseQr: ({ body }) => parseQr(body.payload),
  resolveQr: ({ body }, call) => resolveQr(deps, call, body.payload),
})
