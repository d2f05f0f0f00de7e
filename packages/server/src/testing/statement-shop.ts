import { ManualClock } from '../platform/runtime/clock.ts'
import { type RunningServer, startServer } from '../start.ts'
import { type Client, clientOf, register } from './client.ts'
import { send } from './send.ts'

/** A server with some days of a small shop's history behind it. */
export interface StatementShop {
  readonly server: RunningServer
  readonly client: Client
  readonly clock: ManualClock
  readonly shop: { readonly id: string; readonly accountId: string }
  readonly payer: { readonly id: string; readonly accountId: string }
  /** @param language `Accept-Language`. */
  get(path: string, language?: string): ReturnType<typeof send>
}

export const quetzales = (amount: string) => ({ amount, currency: 'GTQ' })

/**
 * 30 October: the payer gets Q100.00 and pays Q10.00 for "Factura 7". 2 November: Q20.50 are held, and posted the next
 * day; Q5.00 of the first payment are given back. 4 November, now: Q1.00 is held.
 */
export async function openStatementShop(): Promise<StatementShop> {
  const clock = new ManualClock('2026-10-30T20:00:00Z')
  const server = await startServer({ port: 0, dataDir: 'memory', log: 'silent', checkAnswers: true, clock })
  const client = clientOf(server)
  const [shop, payer] = [await register(client, 'merchants'), await register(client, 'consumers')]
  const pay = async (amount: string, reference?: string, later?: object): Promise<{ id: string }> => {
    const ask = { merchantId: shop.id, amount: quetzales(amount), reference }
    const { body: request } = await client.post('/v1/payment-requests', ask)
    const order = { payerAccountId: payer.accountId, qr: request.qr.payload, ...later }
    return (await client.post('/v1/payments', order)).body
  }
  const hold = (amount: string) => pay(amount, undefined, { confirmation: 'later', expiresInSeconds: 172_800 })

  await client.post(`/v1/sandbox/accounts/${payer.accountId}/fund`, { amount: quetzales('100.00') })
  const first = await pay('10.00', 'Factura 7')
  clock.advance(3 * 86_400)
  const held = await hold('20.50')
  clock.advance(86_400)
  await client.post(`/v1/payments/${held.id}/confirm`)
  await client.post(`/v1/payments/${first.id}/refunds`, { amount: quetzales('5.00'), reason: 'Vuelto' })
  clock.advance(86_400)
  await hold('1.00')
  return {
    ...{ server, client, clock, shop, payer },
    get: (path, language) =>
      send(server.url, {
        path,
        headers: { authorization: client.authorization, ...(language && { 'accept-language': language }) },
      }),
  }
}
