import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStatementShop, quetzales, type StatementShop } from '../../testing/statement-shop.ts'

let shop: StatementShop
beforeAll(async () => {
  shop = await openStatementShop()
})
afterAll(() => shop.server.stop())

interface ReadPdf {
  readonly pages: readonly string[]
  readonly title: unknown
  readonly language: unknown
  readonly type: string | undefined
  readonly disposition: string | undefined
}

/** Fetched as bytes: a PDF is no text. */
async function read(accountId: string, days: string, language: string): Promise<ReadPdf> {
  const url = `${shop.server.url}/v1/accounts/${accountId}/statement?format=pdf${days}`
  const headers = { authorization: shop.client.authorization, 'accept-language': language }
  const response = await fetch(url, { headers })
  const document = await getDocumentProxy(new Uint8Array(await response.arrayBuffer()))
  const { text } = await extractText(document, { mergePages: false })
  const { info } = (await document.getMetadata()) as unknown as { info: Record<string, unknown> }
  return {
    pages: text,
    title: info['Title'],
    language: info['Language'],
    type: response.headers.get('content-type') ?? undefined,
    disposition: response.headers.get('content-disposition') ?? undefined,
  }
}

it('in Spanish: whose it is, of which days, balances, sums, every entry, how to check it', async () => {
  const { pages, title, language, type, disposition } = await read(shop.shop.accountId, '', 'es')

  expect([title, language, type]).toEqual(['Estado de cuenta', 'es', 'application/pdf'])
  expect(disposition).toMatch(/filename="statement-acc-\w{26}-2026-11-01-2026-11-04\.pdf"/)
  const [page = '', ...more] = pages
  expect(more).toEqual([])
  for (const words of [
    ...['Titular de la cuenta', 'Cuenta de comercio', shop.shop.accountId, '1 de noviembre de 2026'],
    ...['Saldo inicial Q10.00', 'Entradas Q20.50 1 movimiento', 'Salidas Q5.00 1 movimiento', 'Saldo final Q25.50'],
    ...['Pago recibido Q20.50 Q30.50', 'Devolución hecha · Factura 7 Q5.00 Q25.50', 'Página 1 de 1'],
    ...['Cómo comprobar este estado de cuenta', 'pisto.example/log/gtbank-', 'dinero ficticio'],
  ]) {
    expect(page.replaceAll(/\s+/g, ' ')).toContain(words)
  }
})

it('in English, with what is held', async () => {
  const { pages, title } = await read(shop.payer.accountId, '&from=2026-10-30', 'en')

  expect(title).toBe('Account statement')
  const text = pages.join(' ').replaceAll(/\s+/g, ' ')
  for (const words of ['Opening balance Q0.00', 'Money in Q105.00 2 entries', 'Money out Q30.50 2 entries']) {
    expect(text).toContain(words)
  }
  expect(text).toContain('Closing balance Q74.50')
  expect(text).toContain('Of this, available: Q73.50')
})

it('over many pages: each entry once, each page with its number and the heads', async () => {
  const { client, shop: merchant, payer, clock } = shop
  clock.advance(86_400)
  for (let n = 1; n <= 70; n++) {
    const { status } = await client.post('/v1/payments', {
      payerAccountId: payer.accountId,
      alias: await aliasOf(merchant.id),
      amount: quetzales(`0.${String(n).padStart(2, '0')}`),
    })
    expect(status).toBe(201)
  }

  const { pages } = await read(merchant.accountId, '&from=2026-11-05', 'es')

  expect(pages).toHaveLength(3)
  const amounts = pages.flatMap((page) =>
    [...page.matchAll(/Pago recibido\s+Q(0\.\d\d)\s/g)].map(([, amount]) => amount),
  )
  expect(amounts).toEqual(Array.from({ length: 70 }, (_, n) => `0.${String(n + 1).padStart(2, '0')}`))
  for (const [index, page] of pages.entries()) {
    expect(page).toContain(`Página ${index + 1} de 3`)
    expect(page.replaceAll(/\s+/g, ' ')).toContain('Fecha Descripción Entradas Salidas Saldo')
    expect(page).toContain('Estado de cuenta')
  }
  expect(pages.at(-1)?.replaceAll(/\s+/g, ' ')).toContain('Saldo final Q50.35')
})

let alias: string | undefined
async function aliasOf(merchantId: string): Promise<string> {
  alias ??= (await shop.client.get(`/v1/merchants/${merchantId}`)).body.alias as string
  return alias
}
