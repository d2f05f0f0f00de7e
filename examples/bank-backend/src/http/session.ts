import type { Request } from 'express'
import { BankProblem } from './bank-problem.ts'

/** Who is signed in: the bank's customer number. @throws {BankProblem} `not_signed_in` */
export type Session = (request: Request) => string

/**
 * In this example the bank's gateway has checked the app's token and says who it is in a header that only it can set:
 * this service listens on the loopback interface alone. A bank puts its own check here. What matters: the number comes
 * from the session, never from the body, or anybody could pay from anybody's account.
 */
export const gatewaySession: Session = (request) => {
  const customerNumber = request.get('bank-customer') ?? ''
  if (!/^[0-9A-Za-z-]{1,20}$/.test(customerNumber)) throw new BankProblem('not_signed_in')
  return customerNumber
}
