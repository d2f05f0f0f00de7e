import { afterAll, beforeAll, expect, it } from 'vitest'
import { aCustomer, type Bank, startTestBank, type World } from './world.ts'

/** Requests that are none: each has its answer in the bank's words, and touches nothing. */
export function testRequests(world: World): void {
  let bank: Bank
  beforeAll(async () => {
    bank = await startTestBank(world)
  })
  afterAll(() => bank[Symbol.asyncDispose]())

  const JSON_TYPE = { 'Content-Type': 'application/json' }
  const KEY = { 'Idempotency-Key': 'one-intent' }
  const body = '{"accountNumber":"002-1","qr":"0002","amount":{"amount":"1.00","currency":"GTQ"}}'

  it.each<[string, string, RequestInit, number, string]>([
    ['without a session', '', { body, headers: { ...JSON_TYPE, ...KEY } }, 401, 'not_signed_in'],
    ['without a key', '1', { body, headers: JSON_TYPE }, 400, 'key_missing'],
    ['that is no JSON', '1', { body: '{', headers: { ...JSON_TYPE, ...KEY } }, 400, 'request_invalid'],
    ['of a web form', '1', { body: new URLSearchParams({ qr: '1' }), headers: KEY }, 415, 'media_type_unsupported'],
    ['without a body', '1', { headers: KEY }, 415, 'media_type_unsupported'],
    [
      'that is too large',
      '1',
      { body: `"${'x'.repeat(17_000)}"`, headers: { ...JSON_TYPE, ...KEY } },
      413,
      'body_too_large',
    ],
    [
      'in another character set',
      '1',
      { body, headers: { 'Content-Type': 'application/json; charset=x', ...KEY } },
      415,
      'media_type_unsupported',
    ],
  ])('a payment %s', async (_what, customerNumber, init, status, code) => {
    const { headers, ...rest } = init
    const session = customerNumber === '' ? {} : { 'Bank-Customer': customerNumber }

    const response = await fetch(`${bank.url}/payments`, {
      ...rest,
      method: 'POST',
      headers: { ...headers, ...session },
    })

    expect([response.status, response.headers.get('content-type')]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ])
    expect(await response.json()).toMatchObject({ code, status, title: expect.stringMatching(/\p{Lu}/u) })
  })

  it('says which fields of a payment are wrong', async () => {
    const { customerNumber } = aCustomer(world)

    const answer = await bank.post(customerNumber, '/payments', {
      accountNumber: '',
      qr: '0002',
      amount: { amount: 1 },
    })

    const fields = answer.body['fields'] as { pointer: string }[]
    expect(fields.map(({ pointer }) => pointer).toSorted()).toEqual(['/accountNumber', '/amount', '/amount/amount'])
  })

  it.each([
    ['an order of nobody', '/payments/ord_00000000000000000000000000000000'],
    ['an address that is not there', '/payments/../admin'],
  ])('%s is not found', async (_what, path) => {
    const { status, body: answer } = await bank.get(aCustomer(world).customerNumber, path)

    expect([status, answer['code']]).toEqual([404, 'not_found'])
  })
}
