import { decodeBase64Url, parseTlogProof, verifyTlogProof } from '@pisto/proof'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../start.ts'
import { type Client, clientOf, register } from '../testing/client.ts'
import { send } from '../testing/send.ts'

let server: RunningServer
let client: Client
let payment: { id: string; transactionId: string; sequence: number }
beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: 'memory', log: 'silent', checkAnswers: true })
  client = clientOf(server)
  const [payer, payee] = [await register(client, 'consumers'), await register(client, 'merchants')]
  const amount = { amount: '5.00', currency: 'GTQ' }
  await client.post(`/v1/sandbox/accounts/${payer.accountId}/fund`, { amount })
  const { body: request } = await client.post('/v1/payment-requests', { merchantId: payee.id, amount })
  const paid = await client.post('/v1/payments', { payerAccountId: payer.accountId, qr: request.qr.payload })
  payment = paid.body
})
afterAll(() => server.stop())

const ask = (path: string, accept?: string) =>
  send(server.url, { path, headers: { authorization: client.authorization, ...(accept && { accept }) } })

async function trusted() {
  const { body: tenant } = await client.get('/v1/tenant')
  const { body: published } = await send(server.url, { path: '/.well-known/pisto-keys' })
  const own = published.keys.filter((key: Record<string, unknown>) => {
    return key['use'] === 'checkpoint' && key['tenantId'] === tenant.id
  })
  return { origin: tenant.logOrigin, publicKeys: own.map(({ x }: { x: string }) => decodeBase64Url(x)) }
}

it.each(['receipt', 'proof'])('a %s is also text that verifies by itself', async (which) => {
  const path = which === 'proof' ? `/v1/log/proofs/${payment.transactionId}` : `/v1/payments/${payment.id}/receipt`
  const { status, headers, text } = await ask(path, 'text/plain')

  expect([status, headers['content-type'], headers['vary']]).toEqual([200, 'text/plain; charset=utf-8', 'Accept'])
  const { leaf, index } = await verifyTlogProof(text, await trusted())
  expect(index).toBe(payment.sequence - 1)
  expect(JSON.parse(new TextDecoder().decode(leaf))).toMatchObject({
    id: payment.transactionId,
    purpose: 'payment.completed',
    references: { paymentId: payment.id },
  })
  expect(parseTlogProof(text).path.length).toBeGreaterThan(0)
})

it.each([
  // Accept, what comes, why
  [undefined, 'application/json', 'nothing is asked for'],
  ['*/*', 'application/json', 'anything will do'],
  ['application/json, application/problem+json', 'application/json', 'as the SDK asks'],
  ['text/plain;q=0.5, application/json', 'application/json', 'JSON is preferred'],
  ['text/plain, */*;q=0.1', 'text/plain', 'text is preferred'],
  ['image/svg+xml', 'image/svg+xml', 'a picture is wanted'],
  ['image/webp', 'application/json', 'none of them: a problem would be no better'],
])('%j is answered with %s: %s', async (accept, type, _why) => {
  const { headers } = await ask(`/v1/payments/${payment.id}/receipt`, accept)

  expect(headers['content-type']?.split(';')[0]).toBe(type)
})

it('what is refused is a problem document, whatever is accepted', async () => {
  const { status, body } = await ask('/v1/log/proofs/txn_00000000000000000000000000', 'text/plain')

  expect([status, body.code]).toEqual([404, 'transaction_not_found'])
})
