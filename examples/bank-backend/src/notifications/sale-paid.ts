import type { Event, Pisto } from '@pisto/sdk'
import { displayMoney } from '../platform/money-text.ts'
import type { Notifier } from './notifier.ts'

export interface SalePaidDeps {
  readonly pisto: Pick<Pisto, 'payments' | 'merchants'>
  readonly notifier: Notifier
}

/** `payment.completed`: tells the merchant, if it is a customer of this bank, that money has come in. */
export async function onPaymentCompleted({ pisto, notifier }: SalePaidDeps, event: Event): Promise<void> {
  const { merchantId, amount } = await pisto.payments.get(event.objectId)
  const { externalId: customerNumber } = await pisto.merchants.get(merchantId)
  if (customerNumber === null) return
  const text = `Le pagaron ${displayMoney(amount)}.`
  await notifier.notify({ id: event.id, customerNumber, kind: 'salePaid', amount, text })
}
