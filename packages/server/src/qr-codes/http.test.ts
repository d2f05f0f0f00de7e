import { parse } from '@pisto/qr'
import { readImage } from '@pisto/qr/image'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../start.ts'
import { type Client, clientOf, register } from '../testing/client.ts'

/** Over HTTP: answers are held against their schemas, pictures and sheets are what their headers say. */
let server: RunningServer
let client: Client
let path: string
let payer: string
beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: 'memory', log: 'silent', checkAnswers: true })
  client = clientOf(server)
  const merchant = await register(client, 'merchants')
  path = `/v1/merchants/${merchant.id}/qr-codes`
  payer = (await register(client, 'consumers')).accountId
  await client.post(`/v1/sandbox/accounts/${payer}/fund`, { amount: quetzales('100.00') })
})
afterAll(() => server.stop())

const quetzales = (amount: string) => ({ amount, currency: 'GTQ' })

it('a code’s life: made, found, resolved, paid, used up', async () => {
  const body = {
    amount: quetzales('20.00'),
    tip: { kind: 'percent', percent: '5.00' },
    additionalData: { billNumber: 'F-17' },
    oneShot: true,
  }
  const { status, body: code } = await client.post(path, body)
  expect([status, code.status]).toEqual([201, 'active'])
  expect((await client.get(`${path}?status=active&limit=1`)).body.data).toEqual([code])

  const resolved = await client.post('/v1/qr/resolve', { payload: code.payload })
  expect(resolved.body).toMatchObject({ qrCodeId: code.id, fee: quetzales('1.00'), total: quetzales('21.00') })
  const paid = await client.post('/v1/payments', { payerAccountId: payer, qr: code.payload })
  expect(paid.body).toMatchObject({ status: 'completed', qrCodeId: code.id, amount: resolved.body.total })
  expect((await client.get(`${path}/${code.id}`)).body).toMatchObject({ status: 'used', paymentId: paid.body.id })

  const again = await client.post('/v1/payments', { payerAccountId: payer, qr: code.payload })
  expect([again.status, again.body.code]).toEqual([409, 'qr_code_used'])
})

it('a code’s end: withdrawn with a reason, superseded without one', async () => {
  const { body: first } = await client.post(path, {})
  const { body: second } = await client.post(path, { supersedes: first.id, tip: { kind: 'prompt' } })
  const revoked = await client.post(`${path}/${second.id}/revoke`, { reason: 'Robada' })

  expect((await client.get(`${path}/${first.id}`)).body).toMatchObject({ status: 'revoked', supersededBy: second.id })
  expect([revoked.status, revoked.body]).toMatchObject([200, { status: 'revoked', revokedReason: 'Robada' }])
  expect((await client.get(`${path}?status=revoked`)).body.data).toHaveLength(2)
})

it.each([
  [{ tip: { kind: 'percent', percent: '5' } }, '/tip/percent'],
  [{ tip: { kind: 'percent', percent: '0.00' } }, '/tip/percent'],
  [{ tip: { kind: 'percent', percent: '100.00' } }, '/tip/percent'],
  [{ tip: { kind: 'fixed' } }, '/tip/amount'],
  [{ tip: { kind: 'prompt', amount: quetzales('1.00') } }, '/tip/amount'],
  [{ tip: { kind: 'gift' } }, '/tip/kind'],
  [{ additionalData: { billNumber: 'x'.repeat(26) } }, '/additionalData/billNumber'],
  [{ additionalData: { billNumber: 'a\nb' } }, '/additionalData/billNumber'],
  [{ additionalData: { referenceLabel: 'x' } }, '/additionalData/referenceLabel'], // is the challenge’s place
  [{ amount: quetzales('0.00') }, '/amount/amount'],
  [{ expiresAt: 'tomorrow' }, '/expiresAt'],
  [{ supersedes: 'pay_00000000000000000000000000' }, '/supersedes'],
])('%j is refused at %s', async (body, pointer) => {
  const { status, body: problem } = await client.post(path, body)

  expect([status, problem.code]).toEqual([400, 'request_invalid'])
  expect(problem.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer)
})

describe('pictures by Accept', () => {
  const get = async (of: string, accept: string, more: Record<string, string> = {}) => {
    const response = await fetch(server.url + of, {
      headers: { authorization: client.authorization, accept, ...more },
    })
    const { headers } = response
    return { headers, bytes: new Uint8Array(await response.arrayBuffer()), type: headers.get('content-type') }
  }
  const textOf = ({ bytes }: { readonly bytes: Uint8Array }) => new TextDecoder().decode(bytes)

  it('a PNG holds the code, an SVG draws it, and caches are told what decides', async () => {
    const { body: code } = await client.post(path, {})
    const png = await get(`${path}/${code.id}`, 'image/png')
    const svg = await get(`${path}/${code.id}`, 'image/svg+xml,image/png;q=0.5')

    expect([png.type, svg.type]).toEqual(['image/png', 'image/svg+xml'])
    expect(readImage(png.bytes)).toBe(code.payload)
    expect(textOf(svg)).toMatch(/^<svg .*<title>qrc_\w{26}<\/title>/)
    expect(png.headers.get('vary')).toContain('Accept')
    expect((await get(`${path}/${code.id}`, '*/*')).type).toBe('application/json')
  })

  it('a payment request’s code comes in the same way', async () => {
    const merchantId = path.split('/')[3]
    const { body: request } = await client.post('/v1/payment-requests', { merchantId, amount: quetzales('1.00') })
    const png = await get(`/v1/payment-requests/${request.id}`, 'image/png')

    expect(readImage(png.bytes)).toBe(request.qr.payload)
  })

  it('a sheet is a file with a name, in the reader’s language', async () => {
    const { body: code } = await client.post(path, {})
    const sheet = await get(`${path}/${code.id}/sheet`, '*/*', { 'accept-language': 'es' })
    const svg = await get(`${path}/${code.id}/sheet?format=svg`, '*/*', { 'accept-language': 'en' })

    expect([sheet.type, sheet.headers.get('content-language')]).toEqual(['application/pdf', 'es'])
    expect(sheet.headers.get('content-disposition')).toBe(`attachment; filename="${code.id}.pdf"`)
    expect(textOf(sheet)).toMatch(/^%PDF-1\.7/)
    expect([svg.type, svg.headers.get('content-language')]).toEqual(['image/svg+xml', 'en'])
    expect(textOf(svg)).toContain('>Scan to pay</text>')
  })
})

it('what is refused is said in the caller’s language', async () => {
  const { body: code } = await client.post(path, {})
  await client.post(`${path}/${code.id}/revoke`, {})
  const response = await fetch(`${server.url}/v1/qr/resolve`, {
    method: 'POST',
    headers: {
      authorization: client.authorization,
      'content-type': 'application/json',
      'accept-language': 'es-GT',
    },
    body: JSON.stringify({ payload: code.payload }),
  })

  expect(await response.json()).toMatchObject({ code: 'qr_code_revoked', title: expect.stringMatching(/^El comercio/) })
  expect(parse(code.payload).ok).toBe(true) // it is the bank that refuses it, not the codec
})
