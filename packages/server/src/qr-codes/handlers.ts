import { NotFound, type OperationTable } from '@pisto/contract'
import type { Handlers } from '../platform/http/handlers.ts'
import { pageById } from '../platform/http/page.ts'
import { findPayeeByMerchant } from '../registrations/payees.ts'
import { codeImage } from './image.ts'
import { showQrCode } from './qr-code.ts'
import { createQrCode, type QrCodeDeps, requireQrCode, revokeQrCode } from './service.ts'
import { downloadSheet } from './sheet/download.ts'
import { listQrCodes } from './store.ts'

/** HTTP has been dealt with: input is valid, the caller is known, the operation is allowed. */
export const qrCodeHandlers = (deps: QrCodeDeps): Handlers<OperationTable['qrCodes']> => ({
  createQrCode: ({ merchantId, body = {} }, call) => createQrCode(deps, call, merchantId, body),

  async listQrCodes({ merchantId, query }, { tenantId, livemode }) {
    const merchant = await findPayeeByMerchant(deps.db, tenantId, merchantId)
    if (merchant === undefined) throw new NotFound('merchant_not_found', { id: merchantId })
    const time = deps.clock.now()
    return pageById(
      query,
      'qrc',
      (page) => listQrCodes(deps.db, tenantId, { merchantId, status: query.status, time, ...page }),
      (code) => showQrCode(code, livemode, time),
    )
  },

  async getQrCode(key, { tenantId, livemode, mediaType }) {
    const code = await requireQrCode(deps.db, tenantId, key)
    return codeImage(mediaType, code.payload, code.id) ?? showQrCode(code, livemode, deps.clock.now())
  },

  revokeQrCode: ({ body = {}, ...key }, call) => revokeQrCode(deps, call, key, body),
  getQrCodeSheet: ({ query, ...key }, call) => downloadSheet(deps, call, key, query),
})
