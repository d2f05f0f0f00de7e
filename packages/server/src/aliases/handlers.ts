import type { OperationTable } from '@pisto/contract'
import type { Handlers } from '../platform/http/handlers.ts'
import { type AliasLookupDeps, resolveAlias, setFindability } from './service.ts'

/** HTTP has been dealt with: input is valid, the caller is known, the operation is allowed. */
export const aliasHandlers = (deps: AliasLookupDeps): Handlers<OperationTable['aliases']> => ({
  resolveAlias: ({ body = {} }, call) => resolveAlias(deps, call, body),
  hideAlias: ({ alias }, call) => setFindability(deps, call, alias, false),
  showAlias: ({ alias }, call) => setFindability(deps, call, alias, true),
})
