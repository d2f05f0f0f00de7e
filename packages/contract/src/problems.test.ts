import { expect, it } from 'vitest'
import { problemsOf } from './openapi.ts'
import type { Operation } from './operation.ts'
import { OPERATIONS } from './operations.ts'
import {
  describe as describeProblem,
  type Language,
  NotFound,
  PistoProblem,
  PROBLEMS,
  type ProblemCode,
  toProblemDocument,
} from './problems.ts'

const operations: Operation[] = Object.values(OPERATIONS).flatMap((resource) => Object.values(resource))
const rows = Object.entries<{ status: number; title: string; titleEs: string; detail?: string; detailEs?: string }>(
  PROBLEMS,
)

/** Codes that no operation lists. */
const ELSEWHERE: Partial<Record<ProblemCode, string>> = {
  route_not_found: 'answered before any operation is known',
  method_not_allowed: 'answered before any operation is known',
  amount_not_positive: 'the schemas refuse it first; the ledger checks again',
}

it('uses every code, in an operation or where said here', () => {
  const used = new Set([...operations.flatMap(problemsOf), ...Object.keys(ELSEWHERE)])
  expect([...used].toSorted()).toEqual(Object.keys(PROBLEMS).toSorted())
})

it.each(rows)('%s tells the same in both languages', (code, { status, title, titleEs, detail, detailEs }) => {
  const facts = (text = '') => [...text.matchAll(/\{\w+\}/g)].map(String).toSorted()
  expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/)
  expect([400, 401, 403, 404, 405, 408, 409, 410, 412, 413, 415, 422, 429, 500, 503]).toContain(status)
  expect(titleEs.trim().length).toBeGreaterThan(10)
  expect(titleEs).not.toBe(title)
  expect(detailEs === undefined).toBe(detail === undefined)
  expect(facts(detailEs)).toEqual(facts(detail))
})

it.each<[ProblemCode, Record<string, string>, Language, string, string]>([
  ['payment_wrong_status', { status: 'refunded' }, 'en', 'The status is refunded.', 'the fact is filled in'],
  ['payment_wrong_status', { status: 'refunded' }, 'es', 'El estado es refunded.', 'in Spanish too'],
  ['payment_wrong_status', {}, 'en', PROBLEMS.payment_wrong_status.title, 'no hole is shown for a missing fact'],
  ['method_not_allowed', { allow: 'GET?' }, 'en', 'Allowed: GET?.', 'a fact may have a question mark'],
  ['account_closed', { extra: 'x' }, 'es', 'La cuenta está cerrada', 'a row without detail has its title'],
])('says of %s %j in %s: %s (%s)', (code, facts, language, text) => {
  expect(describeProblem(code, facts, language)).toBe(text)
})

it('becomes a document of RFC 9457', () => {
  const errors = [{ pointer: '/amount', code: 'type', message: 'wrong', messageEs: 'mal' }]
  const problem = new PistoProblem('request_invalid', { a: 'b' }, { errors })
  expect(toProblemDocument(problem, 'trace-1', 'es', 'https://bank.example/problems')).toEqual({
    type: 'https://bank.example/problems/request_invalid',
    title: 'La solicitud no cumple el contrato',
    status: 400,
    detail: 'La solicitud no cumple el contrato',
    code: 'request_invalid',
    facts: { a: 'b' },
    errors,
    traceId: 'trace-1',
  })
})

it('keeps name, code, status and cause as an error', () => {
  const cause = new Error('row missing')
  expect(new NotFound('payment_not_found', { id: 'pay_1' }, { cause })).toMatchObject({
    name: 'NotFound',
    message: 'No such payment',
    status: 404,
    cause,
  })
})
