import { type Response, Router } from 'express'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { BankProblem } from '../http/bank-problem.ts'
import { bodyOf, intentOf, PositiveMoney, pathPart, shortText } from '../http/input.ts'
import type { Session } from '../http/session.ts'
import type { Clock } from '../platform/clock.ts'
import { displayMoney } from '../platform/money-text.ts'
import { orderIdOf, type PaymentOrder } from './order.ts'
import type { PaymentOrders } from './payment-orders.ts'
import { isFinished } from './states.ts'

export interface PaymentRouteDeps {
  readonly orders: PaymentOrders
  readonly session: Session
  readonly clock: Clock
  /** How long the app waits for an answer before it is told that the payment is still under way. */
  readonly answerWithinMs: number
}

const newPayment = Compile(
  Type.Object(
    { accountNumber: shortText(40), qr: Type.String({ minLength: 1, maxLength: 1024 }), amount: PositiveMoney },
    { additionalProperties: false },
  ),
)

/**
 * `POST /payments`: pays a code from a bank account · `GET /payments/:orderId`: how that stands. 201 paid, 202 under
 * way, a problem with `orderId` among its facts where it was refused.
 */
export function paymentRoutes(deps: PaymentRouteDeps): Router {
  const { orders, session } = deps
  return Router()
    .post('/payments', async (request, response) => {
      const customerNumber = session(request)
      const { accountNumber, qr, amount } = bodyOf(request, newPayment)
      const instruction = { customerNumber, accountNumber, qr, amount, key: intentOf(request) }
      const order = await inTime(deps, orders.place(instruction))
      if (order === undefined) response.status(202).json(underWay(orderIdOf(instruction)))
      else answerOrder(response, order, 201)
    })
    .get('/payments/:orderId', async (request, response) => {
      const order = await orders.find(session(request), pathPart(request, 'orderId'))
      if (order === undefined) throw new BankProblem('not_found')
      answerOrder(response, order, 200)
    })
}

/** @returns Undefined: it takes longer than the app would wait. It goes on. */
async function inTime<T>({ clock, answerWithinMs }: PaymentRouteDeps, work: Promise<T>): Promise<T | undefined> {
  const answered = new AbortController()
  const patience = clock.sleep(answerWithinMs, answered.signal).then(
    () => undefined,
    () => undefined,
  )
  try {
    return await Promise.race([work, patience])
  } finally {
    answered.abort()
  }
}

/** @throws {BankProblem} the order was refused */
function answerOrder(response: Response, { id, status, refusal, amount, paymentId }: PaymentOrder, whenPaid: number) {
  if (refusal !== null) {
    const isSettled = isFinished(status)
    throw new BankProblem(refusal, { orderId: id, money: isSettled ? 'notTaken' : 'comingBack' })
  }
  if (status !== 'paid') return response.status(202).json(underWay(id))
  const amountText = displayMoney(amount)
  return response
    .status(whenPaid)
    .json({ orderId: id, status: 'paid', paymentId, amount, amountText, message: `Pagó ${amountText}.` })
}

const underWay = (orderId: string) => ({
  orderId,
  status: 'underWay',
  message: 'Su pago está en proceso. No lo repita: le avisaremos.',
})
