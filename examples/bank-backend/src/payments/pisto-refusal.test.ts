import { OPERATIONS, PROBLEMS, type ProblemCode } from '@pisto/contract'
import { PistoApiError } from '@pisto/sdk'
import { expect, it } from 'vitest'
import { pistoRefusal } from './pisto-refusal.ts'

const call = { operation: 'createPayment', idempotencyKey: 'ord_1' }

const refusedWith = (code: ProblemCode) =>
  pistoRefusal(
    new PistoApiError(
      { type: '', title: '', detail: '', traceId: '', facts: {}, errors: [], code, status: PROBLEMS[code].status },
      call,
    ),
  )

it.each<[ProblemCode, string]>([
  ['unauthenticated', 'the key was changed meanwhile; an earlier attempt may have paid'],
  ['scope_missing', 'likewise'],
  ['rate_limited', 'answered before anything is looked up'],
  ['request_timeout', 'an earlier attempt may have paid'],
  ['internal', 'anything may have happened'],
  ['unavailable', 'likewise'],
  ['overloaded', 'may be sent again'],
  ['idempotency_in_progress', 'an earlier attempt is about to pay'],
  ['idempotency_key_reused', 'something was paid under this key, and it was not this'],
  ['route_not_found', 'a wrong address is not a refusal'],
])('%s does not undo a debit: %s', (code) => {
  expect(refusedWith(code)).toBeUndefined()
})

it('every other refusal that the contract allows is final, and has the bank’s own words', () => {
  const listed = OPERATIONS.payments.createPayment.problems.filter((code) => code !== 'idempotency_key_required')

  expect(listed.filter((code) => refusedWith(code) === undefined)).toEqual([])
})

it('a broken connection is no refusal', () => {
  expect(pistoRefusal(new TypeError('fetch failed'))).toBeUndefined()
})
