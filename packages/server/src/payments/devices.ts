import { toUuid } from '@pisto/ledger'
import { insertRows } from '../platform/database/insert-rows.ts'
import type { Payment } from './payment.ts'

interface PaymentDevice extends Pick<Payment, 'id' | 'payerAccountId' | 'createdAt'> {
  /** Thumbprint of the device's key. */
  readonly device: string
}

/** With which device a person paid; what a program pays has none. */
export const insertPaymentDevices = insertRows<PaymentDevice>('payment_devices', [
  ['payment_id', 'uuid', ({ id }) => toUuid(id, 'pay')],
  ['payer_account_id', 'uuid', ({ payerAccountId }) => toUuid(payerAccountId, 'acc')],
  ['device', 'text', ({ device }) => device],
  ['created_at', 'timestamptz', ({ createdAt }) => createdAt],
])
