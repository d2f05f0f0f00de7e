import type { Payment, Pisto } from '@pisto/sdk'
import { Router } from 'express'
import { pathPart } from '../http/input.ts'
import type { Session } from '../http/session.ts'
import { getOwnMerchant } from '../pisto/own-merchant.ts'
import { displayMoney } from '../platform/money-text.ts'

export interface SaleDeps {
  readonly pisto: Pick<Pisto, 'merchants' | 'payments'>
  readonly session: Session
}

const SALES_PER_PAGE = 20

/** `GET /merchants/:merchantId/sales?after=`: what was paid, newest first. */
export function saleRoutes({ pisto, session }: SaleDeps): Router {
  return Router().get('/merchants/:merchantId/sales', async (request, response) => {
    const { id: merchantId } = await getOwnMerchant(pisto, session(request), pathPart(request, 'merchantId'))
    const { after } = request.query
    const filter = { merchantId, limit: SALES_PER_PAGE, ...(typeof after === 'string' && { after }) }
    const { data, nextCursor } = await pisto.payments.list(filter).page()
    response.json({ data: data.map(showSale), nextCursor })
  })
}

const showSale = ({ id, status, amount, refundedAmount, paymentRequestId, completedAt }: Payment) => ({
  paymentId: id,
  /** Of the charge that was paid; null: the customer typed the alias and the amount. */
  chargeId: paymentRequestId,
  status,
  amount,
  amountText: displayMoney(amount),
  refundedAmount,
  paidAt: completedAt,
})
