import { expect, it } from 'vitest'
import { NETWORKS, networksOf } from './networks.ts'

it.each([
  ['br.gov.bcb.pix', 'Pix'],
  ['BR.GOV.BCB.PIX', 'Pix'],
  ['CO.COM.RBM.RED', 'EASPBV Colombia (Redeban, CredibanCo)'],
  ['com.mercadolibre', 'Mercado Pago'],
  ['org.pisto', 'Pisto'],
])('%s is %s', (guid, name) => {
  expect(networksOf({ merchantAccounts: { '30': { '00': guid } } })).toMatchObject([
    { object: '30', network: { name } },
  ])
})

it.each([['br.gov.bcb.pix.evil'], ['unknown'], ['']])('%s is nobody we know', (guid) => {
  expect(networksOf({ merchantAccounts: { '30': { '00': guid }, '02': 'org.pisto' } })).toEqual([])
})

it('every network says where it was read', () => {
  for (const { source, guid } of NETWORKS) {
    expect(source).not.toBe('')
    expect(guid).toBe(guid.toLowerCase())
  }
})
