import { COUNTRY_CURRENCY, type CountryCode } from '@pisto/contract'
import { expect, it } from 'vitest'
import { policyOf, readPolicy, tierOf } from './policy.ts'

const COUNTRIES = Object.keys(COUNTRY_CURRENCY) as CountryCode[]

it.each(COUNTRIES)('%s: has the tiers 0 and 1, in its currency, from 18 years on', (country) => {
  const policy = policyOf(country)

  expect(policy).toMatchObject({ country, currency: COUNTRY_CURRENCY[country], minimumAge: { years: 18 } })
  expect(policy.tiers.map(({ tier }) => tier)).toEqual([0, 1])
})

it.each(COUNTRIES)('%s: a tier asks for everything the one below asks for, and gives no less', (country) => {
  const [below, above] = policyOf(country).tiers

  expect(above?.evidence).toEqual(expect.arrayContaining([...(below?.evidence ?? [])]))
  for (const limit of ['perPayment', 'perDay', 'perMonth', 'balance'] as const) {
    expect(Number(above?.limits[limit])).toBeGreaterThanOrEqual(Number(below?.limits[limit]))
  }
})

it.each(COUNTRIES)('%s: tier 1 of the sandbox allows at least 200 a day', (country) => {
  expect(Number(tierOf(policyOf(country), 1)?.limits.perDay)).toBeGreaterThanOrEqual(200)
})

it.each([
  ['a year of age nobody has', { minimumAge: { years: 12, source: 'x', verified: false } }],
  ['no source', { minimumAge: { years: 18, verified: false } }],
  ['an unknown field', { note: 'x' }],
  ['no tiers', { tiers: [] }],
  ['another country', { country: 'HN' }],
])('refuses data with %s', (_why, change) => {
  expect(() => readPolicy('GT', { ...policyOf('GT'), ...change })).toThrow('policy of GT')
})
