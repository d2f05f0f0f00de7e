import type { OperationTable } from '@pisto/contract'
import type { Handlers } from '../platform/http/handlers.ts'
import { pageById } from '../platform/http/page.ts'
import { acceptPort } from './accept.ts'
import { showPort } from './port.ts'
import { cancelPort, getBundle, getPort, type PortDeps, portMerchant } from './service.ts'
import { listPorts } from './store.ts'

/** HTTP has been dealt with: input is valid, the caller is known, the operation is allowed. */
export const portHandlers = (deps: PortDeps): Handlers<OperationTable['ports']> => ({
  portMerchant: ({ merchantId, body }, call) => portMerchant(deps, call, merchantId, body),
  listPorts: ({ query: { direction, status, ...query } }, { tenantId, livemode }) =>
    pageById(
      query,
      'prt',
      (page) => listPorts(deps.db, tenantId, { ...page, direction, status }),
      (port) => showPort(port, livemode),
    ),
  getPort: async ({ portId }, { tenantId, livemode }) => showPort(await getPort(deps.db, tenantId, portId), livemode),
  acceptPort: ({ portId }, call) => acceptPort(deps, call, portId),
  cancelPort: ({ portId }, call) => cancelPort(deps, call, portId),
  getPortBundle: ({ portId }, { tenantId }) => getBundle(deps, tenantId, portId),
})
