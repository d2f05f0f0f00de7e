import type { OperationTable } from '@pisto/contract'
import type { Handlers } from '../platform/http/handlers.ts'
import { confirmPhoneChange, type PhoneChangeDeps, startPhoneChange } from './service.ts'

/** HTTP has been dealt with: input is valid, the caller is known, the operation is allowed. */
export const phoneChangeHandlers = (deps: PhoneChangeDeps): Handlers<OperationTable['phoneChanges']> => ({
  startPhoneChange: ({ body }, call) => startPhoneChange(deps, call, body),
  confirmPhoneChange: ({ phoneChangeId, body }, call) => confirmPhoneChange(deps, call, phoneChangeId, body),
})
