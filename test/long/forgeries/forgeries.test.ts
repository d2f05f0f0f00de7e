import { verifyReceipt } from '@pisto/proof/verify'
import { parse } from '@pisto/qr'
import { verifySigned } from '@pisto/qr/signed'
import { expect, it } from 'vitest'
import { runForgeries } from './forgeries.ts'
import { CODES, lookupIn, NEIGHBOURS_CODE, NEIGHBOURS_RECEIPT, RECEIPTS, SHOP } from './genuine.ts'

it('what they are made from is genuine', async () => {
  const codes = await Promise.all([...CODES, NEIGHBOURS_CODE].map((code) => verifySigned(code, lookupIn(true))))
  const receipts = await Promise.all(RECEIPTS.map((receipt) => verifyReceipt(receipt, SHOP)))
  const neighbours = await verifyReceipt(NEIGHBOURS_RECEIPT, { ...SHOP, shop: { ...SHOP.shop, alias: '100000000093' } })

  expect(codes).toEqual(['valid', 'valid', 'valid'])
  expect([...receipts, neighbours].map(({ colour }) => colour)).toEqual(['green', 'amber', 'green'])
})

it('1,000 forgeries of codes and receipts: none is believed', async () => {
  const { byKind, faults } = await runForgeries({ count: 1000, seed: 7 })

  expect(faults).toEqual([])
  expect(Object.keys(byKind)).toHaveLength(30)
  expect(Math.min(...Object.values(byKind))).toBeGreaterThanOrEqual(33)
})

it('another merchant’s own code is valid, and shows its own name: that is what the payer must read', async () => {
  expect(await verifySigned(NEIGHBOURS_CODE, lookupIn(true))).toBe('valid')
  expect(parse(NEIGHBOURS_CODE).fields).toMatchObject({ merchantName: 'Tienda Luz' })
})
