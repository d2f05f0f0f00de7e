import { OPERATIONS, type Operation, problemsOf } from '@pisto/contract'
import type { Merchant, Payment, PaymentRequest, QrCode } from '@pisto/sdk'
import { aFundedConsumer, aMerchant, aPerson, type FundedConsumer, type Sandbox, startSandbox } from '@pisto/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'

let sandbox: Sandbox
let shop: Merchant
let payer: FundedConsumer
let request: PaymentRequest
let payment: Payment
let code: QrCode
const quetzales = (amount: string) => ({ amount, currency: 'GTQ' as const })

beforeAll(async () => {
  sandbox = await startSandbox()
  const client = sandbox.client('GT')
  shop = await aMerchant(client)
  payer = await aFundedConsumer(client, '100.00')
  request = await client.paymentRequests.create({ merchantId: shop.id, amount: quetzales('5.00') })
  code = await client.merchants.qrCodes.create(shop.id)
  payment = await client.payments.create({
    payerAccountId: payer.accountId,
    alias: shop.alias,
    amount: quetzales('10.00'),
  })
})
afterAll(() => sandbox.stop())

/** A body that each operation takes, made anew. */
function bodyOf({ id }: Operation): unknown {
  const { document, phone, dateOfBirth } = aPerson('GT')
  const person = { givenNames: 'Ana', familyNames: 'Coc', dateOfBirth, document }
  const form = { country: 'GT', phone, person, consent: { version: '1', acceptedAt: '2026-11-24T12:00:00Z' } }
  const bodies: Record<string, unknown> = {
    createMerchant: { ...form, tradeName: 'Tienda', categoryCode: '5411' },
    createConsumer: form,
    createPaymentRequest: { merchantId: shop.id, amount: quetzales('1.00'), reference: 'Mesa 4' },
    createQrCode: {
      amount: quetzales('1.00'),
      tip: { kind: 'percent', percent: '5.00' },
      additionalData: { terminalLabel: 'Caja 1' },
      oneShot: true,
    },
    revokeQrCode: { reason: 'Robada' },
    createPayment: { payerAccountId: payer.accountId, alias: shop.alias, amount: quetzales('0.01') },
    createRefund: { amount: quetzales('0.01'), reason: 'Vuelto' },
    fundAccount: { amount: quetzales('0.01') },
    confirmMerchantPhoneVerification: { code: '123456' },
    confirmConsumerPhoneVerification: { code: '123456' },
    parseQr: { payload: request.qr.payload },
    resolveQr: { payload: request.qr.payload },
    createMerchantDocument: { kind: 'selfie', byteLength: 10, sha256: 'a'.repeat(64), expiresOn: '2099-12-31' },
    createConsumerDocument: { kind: 'selfie', byteLength: 10, sha256: 'a'.repeat(64) },
    viewMerchantDocument: { actor: 'ana' },
    viewConsumerDocument: { actor: 'ana' },
    acceptMerchantDocument: { actor: 'ana' },
    acceptConsumerDocument: { actor: 'ana' },
    rejectMerchantDocument: { actor: 'ana', reasons: ['document_unreadable'] },
    rejectConsumerDocument: { actor: 'ana', reasons: ['document_unreadable'] },
    createReport: { format: 'csv', from: '2026-11-01', to: '2026-11-30' },
    advanceSandboxClock: { seconds: 1 },
  }
  return bodies[id] ?? {}
}

const writes = (Object.values(OPERATIONS) as Record<string, Operation>[])
  .flatMap((group) => Object.values(group))
  .filter(({ method, upload, scope }) => method !== 'GET' && upload === undefined && scope !== 'self') // a key is nobody

const pathOf = ({ path }: Operation): string =>
  path
    .replace('{merchantId}', shop.id)
    .replace('{qrCodeId}', code.id)
    .replace('{paymentId}', payment.id)
    .replace('{paymentRequestId}', request.id)
    .replace('{accountId}', payer.accountId)
    .replaceAll(/\{(\w{3})\w*\}/g, (_, prefix) => `${prefix}_00000000000000000000000000`)

interface Answer {
  readonly status: number
  readonly problem:
    | { readonly code: string; readonly errors: readonly { pointer: string; messageEs: string }[] }
    | undefined
}

let calls = 0
async function send(
  operation: Operation,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(sandbox.url + pathOf(operation), {
    method: operation.method,
    headers: {
      authorization: `Bearer ${sandbox.tenant('GT').apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': `bad-${++calls}`,
      ...headers,
    },
    body,
  })
  const text = await response.text() // a report is no JSON
  const isProblem = response.headers.get('content-type') === 'application/problem+json'
  return { status: response.status, problem: isProblem ? (JSON.parse(text) as Answer['problem']) : undefined }
}

/** A refusal that the contract names for this operation, in both languages; never a fault of ours. */
function expectDocumented(operation: Operation, { status, problem }: Answer, what: string): void {
  if (status < 300) return
  expect(status, what).toBeLessThan(500)
  expect(problemsOf(operation), what).toContain(problem?.code)
  for (const { pointer, messageEs } of problem?.errors ?? []) {
    expect(pointer, what).toMatch(/^(\/.*)?$/)
    expect(messageEs, what).not.toBe('')
  }
}

const bytes = (...of: readonly number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(of)
const deep = `${'{"a":'.repeat(11)}1${'}'.repeat(11)}`

it.each<
  [what: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>, status: number, code: string]
>([
  ['half a body', '{"amount":', {}, 400, 'body_malformed'],
  ['a body that is no object', '[]', {}, 400, 'request_invalid'],
  ['two bodies', '{}{}', {}, 400, 'body_malformed'],
  ['bytes that are no UTF-8', bytes(0x22, 0xc3, 0x28, 0x22), {}, 400, 'body_malformed'],
  ['a byte order mark', bytes(0xef, 0xbb, 0xbf, 0x7b, 0x7d), {}, 400, 'body_malformed'],
  ['a megabyte', JSON.stringify({ a: 'x'.repeat(1_000_000) }), {}, 413, 'body_too_large'],
  ['a form', 'amount=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'media_type_unsupported'],
  ['another charset', '{}', { 'content-type': 'application/json; charset=latin1' }, 415, 'media_type_unsupported'],
  ['a compressed body', '{}', { 'content-encoding': 'gzip' }, 415, 'media_type_unsupported'],
  ['a body eleven levels deep', deep, {}, 400, 'body_malformed'],
  ['a field that is nobody’s', '{"nobody":1}', {}, 400, 'request_invalid'],
  ['a field that could reach a prototype', '{"__proto__":{"a":1}}', {}, 400, 'request_invalid'],
])('every operation that writes refuses %s', async (what, body, headers, status, code) => {
  for (const operation of writes.filter(({ bytes: isBytes }) => !isBytes)) {
    const answer = await send(operation, body, headers)

    expect([answer.status, answer.problem?.code], `${operation.id}: ${what}`).toEqual([status, code])
  }
})

it.each<[what: string, query: string, body: Uint8Array<ArrayBuffer>, headers: Record<string, string>, code: string]>([
  ['no offset', '', bytes(1), {}, 'request_invalid'],
  ['an offset before the beginning', '?offset=-1', bytes(1), {}, 'request_invalid'],
  ['an offset that is no number', '?offset=x', bytes(1), {}, 'request_invalid'],
  ['JSON', '?offset=0', bytes(0x7b, 0x7d), { 'content-type': 'application/json' }, 'media_type_unsupported'],
  ['a picture by its name', '?offset=0', bytes(1), { 'content-type': 'image/jpeg' }, 'media_type_unsupported'],
  ['compressed bytes', '?offset=0', bytes(1), { 'content-encoding': 'gzip' }, 'media_type_unsupported'],
  ['two megabytes', '?offset=0', new Uint8Array(2 * 1024 * 1024), {}, 'body_too_large'],
  ['bytes for a document that is not there', '?offset=0', bytes(1), {}, 'document_not_found'],
])('every operation that takes bytes refuses %s', async (what, query, body, headers, code) => {
  const binary = { 'content-type': 'application/octet-stream', ...headers }
  for (const operation of writes.filter((candidate) => candidate.bytes)) {
    const found = { ...operation, path: operation.path.replace('{consumerId}', payer.id) + query }
    const answer = await send(found, body, binary)

    expect(answer.problem?.code, `${operation.id}: ${what}`).toBe(code)
  }
})

const nonsense: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    1e300,
    '',
    ' ',
    '0',
    'x',
    [],
    {},
    [null],
    '1.00\n',
    '\u0000',
    '\ud800',
    '__proto__',
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
)

/** Paths of all values in a body. */
function placesOf(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [at]
  return [at, ...Object.entries(value).flatMap(([name, inner]) => placesOf(inner, [...at, name]))]
}

function replaced(value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined) return by
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...(value as object) }
  Reflect.set(copy, name, replaced(Reflect.get(copy, name), rest, by))
  return copy
}

it.each(writes.map((operation) => [operation.id, operation] as const))(
  '%s with nonsense in any place: done, or refused as the contract says, and nothing half-done',
  async (_id, operation) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), nonsense, async (place, by) => {
        const body = bodyOf(operation)
        const places = placesOf(body)
        const text = JSON.stringify(replaced(body, places[place % places.length] ?? [], by)) ?? 'null'
        const before = await stateOf(operation)

        const answer = await send(operation, text)

        expectDocumented(operation, answer, text)
        if (answer.status >= 400) expect(await stateOf(operation), text).toEqual(before)
      }),
      { numRuns: 25 },
    )
  },
)

/** What a refused call must leave as it is: history and money. */
async function stateOf({ id }: Operation): Promise<unknown> {
  if (id.startsWith('confirm')) return undefined // a wrong code counts a try, on purpose
  const client = sandbox.client('GT')
  const [newest] = (await client.transactions.list({ limit: 1 }).page()).data
  const { balances } = await client.accounts.get(payer.accountId)
  return { sequence: newest?.sequence, balances }
}

it('ids of another tenant are unknown', async () => {
  const stranger = sandbox.client('HN')
  const codes = await Promise.all(
    [
      stranger.merchants.get(shop.id),
      stranger.consumers.get(payer.id),
      stranger.accounts.get(payer.accountId),
      stranger.payments.get(payment.id),
      stranger.payments.receipt(payment.id),
      stranger.paymentRequests.get(request.id),
      stranger.paymentRequests.cancel(request.id),
      stranger.transactions.get(payment.transactionId),
      stranger.log.proof(payment.transactionId),
      stranger.payments.refund(payment.id, { amount: { amount: '1.00', currency: 'HNL' } }),
      stranger.sandbox.fund(payer.accountId, { amount: { amount: '1.00', currency: 'HNL' } }),
    ].map((call) =>
      call.then(
        () => 'done',
        (error: { status: number }) => error.status,
      ),
    ),
  )

  expect(new Set(codes)).toEqual(new Set([404]))
})

it('a request that has expired cannot be paid', async () => {
  const client = sandbox.client('GT')
  const late = await client.paymentRequests.create({
    merchantId: shop.id,
    amount: quetzales('1.00'),
    expiresInSeconds: 30,
  })
  await sandbox.advanceClock(31)

  const paid = client.payments.create({ payerAccountId: payer.accountId, qr: late.qr.payload })

  await expect(paid).rejects.toMatchObject({ status: 409, code: 'payment_request_expired' })
  expect(await client.paymentRequests.get(late.id)).toMatchObject({ status: 'expired', paymentId: null })
})
