import { decideDue } from '../platform/due/decide-due.ts'
import type { DueHandler } from '../platform/due/due.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { expireCode } from './moves.ts'
import { findQrCode } from './store.ts'

/**
 * Books the expiry of codes. A code that a payment has reserved is left alone: whatever voids that payment's hold also
 * ends the code.
 */
export const qrCodeDueHandlers = ({ ledger }: Pick<Runtime, 'ledger'>): Readonly<Record<string, DueHandler>> => ({
  'qrCode.expire': (item) =>
    decideDue(ledger, item, async ({ reader, ledgerTime }) => {
      const code = await findQrCode(reader, item.tenantId, item.reference)
      const expired = code && expireCode(code, ledgerTime)
      if (expired === undefined) return { purpose: 'qrCode.settled', answer: null }
      return {
        purpose: 'qrCode.expired',
        references: { qrCodeId: expired.to.id, merchantId: expired.to.merchantId },
        events: expired.events,
        companions: expired.companions,
        answer: null,
      }
    }),
})
