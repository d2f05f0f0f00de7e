import type { OPERATIONS } from '@pisto/contract'
import type { Handlers } from '../platform/http/handlers.ts'
import { type KeyRotationDeps, rotateKey, withdrawKey } from './key-rotation.ts'
import { showTenant, type TenantDeps, updateTenant } from './service.ts'

export const keyHandlers = (deps: KeyRotationDeps): Handlers<(typeof OPERATIONS)['keys']> => ({
  rotateKey: ({ body }, call) => rotateKey(deps, call, body),
  withdrawKey: ({ keyId }, call) => withdrawKey(deps, call, keyId),
})

export const tenantHandlers = (deps: TenantDeps): Handlers<(typeof OPERATIONS)['tenants']> => ({
  getTenant: (_input, { tenant, livemode }) => showTenant(tenant, deps.clock.now(), livemode),
  updateTenant: ({ body }, call) => updateTenant(deps, call, body),
})
