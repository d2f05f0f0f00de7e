import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { advise } from './advise.ts'
import { build, type CodeFields } from './build.ts'
import { COUNTRY_PROFILES } from './country-profiles.ts'
import { diagnose } from './diagnose.ts'
import { isCountry } from './iso-3166.ts'
import { NETWORKS } from './networks.ts'
import { aCode } from './testing/codes.ts'

const told = (change: Partial<CodeFields>) =>
  advise(diagnose(build({ ...aCode, ...change }))).map(({ rule, path, severity }) => [rule, path, severity])
const honduran = { country: 'HN', currency: '340' }
const pix = { merchantAccounts: { '26': { '00': 'BR.GOV.BCB.PIX', '01': 'key' } }, country: 'BR', currency: '986' }

it.each<[what: string, change: Partial<CodeFields>, rules: string[]]>([
  ['a code at home', {}, []],
  ['quetzales in El Salvador', { country: 'SV' }, ['N04 53']],
  ['a country of which nothing is known', { country: 'FR', currency: '320' }, []],
  ['the most that Pago QR takes', { ...honduran, amount: '2500.00' }, []],
  ['a centavo more', { ...honduran, amount: '2500.01' }, ['N05 54']],
  ['much more, without decimals', { ...honduran, amount: '10000' }, ['N05 54']],
  ['less, with many digits', { ...honduran, amount: '0000000999.99' }, []],
  ['dollars, for which no cap is known', { country: 'HN', currency: '840', amount: '9000.00' }, ['N04 53']],
  [
    'an account that the BCRP keeps',
    { country: 'PE', currency: '604', merchantAccounts: { '49': { '00': 'x' } } },
    ['N06 49'],
  ],
  ['another account of Peru', { country: 'PE', currency: '604', merchantAccounts: { '48': { '00': 'x' } } }, []],
  ['Pix without a reference', pix, ['N01 62.05']],
  ['Pix with one', { ...pix, additionalData: { '05': '***' } }, []],
  ['Pix in dollars', { ...pix, additionalData: { '05': '***' }, currency: '840' }, ['N02 53', 'N04 53']],
  [
    'Pix in Guatemala',
    { ...pix, additionalData: { '05': '***' }, country: 'GT', currency: '986' },
    ['N03 58', 'N04 53'],
  ],
])('%s', (_what, change, rules) => {
  expect(told(change)).toEqual(rules.map((rule) => [...rule.split(' '), 'warning']))
})

it('is told in words, with the place', () => {
  const payload = build({ ...aCode, ...honduran, amount: '3000.00' })

  expect(advise(diagnose(payload))).toEqual([
    {
      code: 'amount_above_cap',
      rule: 'N05',
      path: '54',
      offset: payload.indexOf('54073000.00'),
      severity: 'warning',
      found: '3000.00',
      limit: '2500.00',
      message: expect.stringContaining('The amount 3000.00 is above 2500.00'),
      hint: expect.stringMatching(/./),
      messageEs: expect.stringContaining('El monto 3000.00 supera 2500.00'),
      hintEs: expect.stringMatching(/./),
    },
  ])
})

it('there is none about a broken code, nor about a payer’s', () => {
  const broken = build({ ...aCode, country: 'SV' }).replace('Tienda', 'Tiende')

  expect(advise(diagnose(broken))).toEqual([])
  expect(advise(diagnose('hQVDUFYwMWETTwegAAAAVVVVUAhQcm9kdWN0MQ=='))).toEqual([])
})

describe('real codes of the region', () => {
  const file = new URL('../../../test/vectors/qr.json', import.meta.url)
  const { vectors }: { vectors: readonly { id: string; payload: string; valid: boolean; source: string }[] } =
    JSON.parse(readFileSync(file, 'utf8'))
  const real = vectors.filter(({ valid, source }) => valid && !source.startsWith('synthetic'))

  it.each(real)('$id: nothing is held against it ($source)', ({ payload }) => {
    const rules = advise(diagnose(payload)).map(({ rule }) => rule)

    expect(rules.filter((rule) => rule !== 'N01')).toEqual([])
  })
})

describe('the data', () => {
  it.each(COUNTRY_PROFILES)('$country is a country, once, whose facts say where they were read', (profile) => {
    expect(isCountry(profile.country)).toBe(true)
    expect(COUNTRY_PROFILES.filter(({ country }) => country === profile.country)).toHaveLength(1)
    for (const fact of [profile.cap, profile.reserved]) if (fact) expect(fact.source).toMatch(/\w{3}/)
  })

  it('covers the three countries where Pisto pays', () => {
    const countries = COUNTRY_PROFILES.map(({ country }) => country)

    expect(countries).toEqual(expect.arrayContaining(['GT', 'HN', 'SV', 'BR', 'CO', 'PE', 'AR', 'MX']))
  })

  it.each(NETWORKS)('$name asks for objects that exist', ({ requires = [], currency }) => {
    for (const path of requires) expect(path).toMatch(/^\d\d(\.\d\d)?$/)
    if (currency !== undefined) expect(currency).toMatch(/^\d{3}$/)
  })
})
