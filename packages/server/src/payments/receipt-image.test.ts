import { signReceipt } from '@pisto/proof'
import { modulesOf, readImage } from '@pisto/qr/image'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { MemoryKeyring } from './testing/memory-keyring.ts'
import { openShop } from './testing/shop.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const versionOf = (modules: number): number => (modules - 17) / 4

it('a receipt as a picture is its compact form: SVG, or PNG that a phone reads', async () => {
  const shop = await openShop(world)
  const { id } = await shop.pay({ qr: (await shop.charge('30.10')).qr.payload })
  const receipt = async (mediaType: string) =>
    shop.payments.getPaymentReceipt({ paymentId: id }, { ...shop.call('getPaymentReceipt'), mediaType })
  const { compact } = (await receipt('application/json')) as { compact: string }
  const png = (await receipt('image/png')) as Uint8Array
  const svg = String(await receipt('image/svg+xml'))

  expect(readImage(png)).toBe(compact)
  const [, size] = /viewBox="0 0 (\d+) /.exec(svg) ?? []
  expect(versionOf(Number(size) - 8)).toBeLessThanOrEqual(10)
  expect(svg).toContain(`<title>${id}</title>`)
})

it.each([
  // amount, challenge, characters, why
  ['150.00', '', 158, 'a static code'],
  ['30.10', '7k2m9qxa', 165, 'a charge'],
  ['9999999999999999.99', '7k2m9qxa', 179, 'the longest'],
])(
  '%s with challenge "%s", %d characters, fits QR version 10 at M: %s',
  async (amount, challenge, characters, _why) => {
    const signer = new MemoryKeyring().add({ id: 'ten_1', code: 'gtbank' }, 'receipt')
    const paid = { paymentId: '01kb00000000000000000000az', payeeAlias: '482915307720', currency: 'GTQ' }
    const receipt = await signReceipt({ ...paid, paidAtSeconds: 1_795_536_000, amount, challenge }, signer)

    expect(receipt).toHaveLength(characters)
    const modules = modulesOf(receipt, { errorCorrection: 'M', quietZone: 0 }).length
    expect(versionOf(modules)).toBeLessThanOrEqual(10)
  },
)
