import { toSvg } from '@pisto/qr/image'
import type { PaymentRequest, Pisto } from '@pisto/sdk'
import { Router } from 'express'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { bodyOf, intentOf, PositiveMoney, pathPart, shortText } from '../http/input.ts'
import type { Session } from '../http/session.ts'
import { getOwnMerchant } from '../pisto/own-merchant.ts'
import { intentKey } from '../platform/intent-key.ts'
import { displayMoney } from '../platform/money-text.ts'

export interface ChargeDeps {
  readonly pisto: Pick<Pisto, 'merchants' | 'paymentRequests'>
  readonly session: Session
}

const newCharge = Compile(
  Type.Object({ amount: PositiveMoney, reference: Type.Optional(shortText(100)) }, { additionalProperties: false }),
)

/** `POST /merchants/:merchantId/charges`: asks for an amount, and gives the code to show. */
export function chargeRoutes({ pisto, session }: ChargeDeps): Router {
  return Router().post('/merchants/:merchantId/charges', async (request, response) => {
    const customerNumber = session(request)
    const charge = bodyOf(request, newCharge)
    const idempotencyKey = intentKey('charge', customerNumber, intentOf(request))
    const { id: merchantId, tradeName } = await getOwnMerchant(pisto, customerNumber, pathPart(request, 'merchantId'))
    const asked = await pisto.paymentRequests.create({ merchantId, ...charge }, { idempotencyKey })
    response.status(201).json(showCharge(asked, tradeName))
  })
}

function showCharge({ id, status, amount, reference, qr: { payload }, expiresAt }: PaymentRequest, tradeName: string) {
  const amountText = displayMoney(amount)
  const svg = toSvg(payload, { title: `Código de cobro de ${tradeName} por ${amountText}` })
  return { chargeId: id, status, amount, amountText, reference, expiresAt, qr: { payload, svg } }
}
