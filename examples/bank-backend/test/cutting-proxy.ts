import { createServer, request } from 'node:http'
import { buffer } from 'node:stream/consumers'

export interface CuttingProxy extends AsyncDisposable {
  readonly url: string
  /** How many more answers to `POST /v1/payments` it loses: Pisto has done what was asked, and the caller hears nothing. */
  cutsLeft: number
}

/** Stands between the bank and Pisto, and cuts connections after the request has arrived and been dealt with. */
export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
  const proxy = createServer(async (incoming, outgoing) => {
    const { method, headers, url = '/' } = incoming
    const body = await buffer(incoming)
    const forwarded = request(new URL(url, target), { method, headers, agent: false }, async (answer) => {
      const content = await buffer(answer)
      if (method === 'POST' && url === '/v1/payments' && state.cutsLeft > 0) {
        state.cutsLeft--
        outgoing.destroy()
        return
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(content)
    })
    forwarded.on('error', () => outgoing.destroy())
    forwarded.end(body)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const address = proxy.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  const state: CuttingProxy = {
    url: `http://127.0.0.1:${address.port}`,
    cutsLeft: 0,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        proxy.close(() => resolve())
        proxy.closeAllConnections()
      }),
  }
  return state
}
