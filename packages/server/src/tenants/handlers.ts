import type { OPERATIONS } from '@pisto/contract'
import type { Handlers } from '../platform/http/handlers.ts'
import { type KeyRotationDeps, rotateKey, withdrawKey } from './key-rotation.ts'

export const keyHandlers = (deps: KeyRotationDeps): Handlers<(typeof OPERATIONS)['keys']> => ({
  rotateKey: ({ body }, call) => rotateKey(deps, call, body),
  withdrawKey: ({ keyId }, call) => withdrawKey(deps, call, keyId),
})

export const tenantHandlers = (): Handlers<(typeof OPERATIONS)['tenants']> => ({
  getTenant: (_input, { tenant, livemode }) => ({
    id: tenant.id,
    livemode,
    code: tenant.code,
    name: tenant.name,
    country: tenant.country,
    currency: tenant.currency,
    timeZone: tenant.timeZone,
    logOrigin: tenant.logOrigin,
    createdAt: tenant.createdAt.toISOString(),
  }),
})
