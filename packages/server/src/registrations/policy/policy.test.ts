import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { COUNTRY_CURRENCY, type CountryCode } from '@pisto/contract'
import { expect, it } from 'vitest'
import { limitsOn } from '../limit-groups.ts'
import { requireAge } from '../tier-age.ts'
import { EVIDENCE, type Policy, policiesOf, policyOf, policyOn, tierAbove, tierOf } from './policy.ts'
import { FOLDER, policyBook, readPolicies, readPolicy } from './read-policies.ts'

const COUNTRIES = Object.keys(COUNTRY_CURRENCY) as CountryCode[]
const TODAY = '2026-11-28'

it.each(COUNTRIES)('%s: has the tiers 0 to 3, in its currency, from 18 years on', (country) => {
  const policy = policyOn(country, TODAY)

  expect(policy).toMatchObject({ country, currency: COUNTRY_CURRENCY[country], minimumAge: { years: 18 } })
  expect(policy.tiers.map(({ tier }) => tier)).toEqual([0, 1, 2, 3])
  expect(tierAbove(policy, 2, 'merchant')?.tier).toBe(3)
  expect(tierAbove(policy, 2, 'consumer')).toBeUndefined()
  expect(tierAbove(policy, 3, 'merchant')).toBeUndefined()
})

it.each(COUNTRIES)('%s: a tier asks for everything the one below asks for, and gives no less', (country) => {
  const { tiers } = policyOn(country, TODAY)
  for (const [index, above] of tiers.slice(1).entries()) {
    const below = tiers[index]
    expect(above.evidence).toEqual(expect.arrayContaining([...(below?.evidence ?? [])]))
    const figures = (tier: typeof below) => [
      ...Object.values(tier?.limits.in ?? {}),
      ...Object.values(tier?.limits.out ?? {}),
      tier?.limits.balance,
    ]
    for (const [at, figure] of figures(above).entries()) {
      expect(Number(figure)).toBeGreaterThanOrEqual(Number(figures(below)[at]))
    }
    for (const kind of above.kinds) {
      expect(above.capabilities[kind]).toEqual(expect.arrayContaining([...(below?.capabilities[kind] ?? [])]))
    }
  }
})

it.each(COUNTRIES)('%s: tier 1 of the sandbox allows at least 200 a day, in and out', (country) => {
  const limits = tierOf(policyOn(country, TODAY), 1)?.limits
  expect(Number(limits?.in.perDay)).toBeGreaterThanOrEqual(200)
  expect(Number(limits?.out.perDay)).toBeGreaterThanOrEqual(200)
})

it('whoever has only confirmed the phone may receive small amounts, and pay nothing', () => {
  for (const country of COUNTRIES) {
    expect(tierOf(policyOn(country, TODAY), 0)).toMatchObject({
      capabilities: { merchant: ['acceptPayments', 'holdBalance'], consumer: ['holdBalance'] },
    })
  }
})

it('Salvadoran limits are multiples of the minimum wage: another wage, other limits', () => {
  const written = JSON.parse(readFileSync(new URL('sv-2026-11-28.json', FOLDER), 'utf8'))
  const raised = readPolicy({ ...written, minimumWage: { ...written.minimumWage, amount: '500.10' } })

  expect(tierOf(policyOn('SV', TODAY), 1)?.limits).toMatchObject({ in: { perPayment: '408.80' }, balance: '1226.40' })
  expect(tierOf(raised, 1)?.limits).toMatchObject({ in: { perPayment: '500.10' }, balance: '1500.30' })
  expect(tierOf(raised, 2)?.limits.balance).toBe('3000.60')
  expect(() => readPolicy({ ...written, minimumWage: null })).toThrow('names none')
})

it.each([
  ['2020-01-01', 'gt-2026-11-24', 'before the first version: the first'],
  ['2026-11-23', 'gt-2026-11-24', 'its last day'],
  ['2026-11-24', 'gt-2026-11-28', 'the day on which the next begins'],
  ['2099-12-31', 'gt-2026-11-28', 'for good'],
])('on %s %s is in force: %s', (day, version, _why) => {
  expect(policyOn('GT', day).version).toBe(version)
})

it('a change of law is a file: from its day on it decides, and what was decided before keeps its version', () => {
  const folder = mkdtempSync(join(tmpdir(), 'policies-'))
  const read = (name: string) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))
  for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.json'))) {
    const ends = name === 'gt-2026-11-28.json' ? { effectiveTo: '2027-06-30' } : {}
    writeFileSync(join(folder, name), JSON.stringify({ ...read(name), ...ends }))
  }
  const law = read('gt-2026-11-28.json')
  law.tiers[1].evidence.push('address')
  law.tiers[1].limits.in.perDay = '99.00'
  const change = { version: 'gt-2027-07-01', effectiveFrom: '2027-07-01', minimumAge: { ...law.minimumAge, years: 16 } }
  writeFileSync(join(folder, 'gt-2027-07-01.json'), JSON.stringify({ ...law, ...change }))

  const book = readPolicies(pathToFileURL(`${folder}/`))

  const [before, after] = ['2027-06-30', '2027-07-01'].map((day) => policyOn('GT', day, book)) as [Policy, Policy]
  expect([before.version, after.version]).toEqual(['gt-2026-11-28', 'gt-2027-07-01'])
  expect([before, after].map((policy) => limitsOn(policy, 1).in?.day)).toEqual(['10000.00', '99.00'])
  expect([before, after].map((policy) => tierOf(policy, 1)?.evidence.includes('address'))).toEqual([false, true])
  expect([before, after].map(({ minimumAge }) => minimumAge.years)).toEqual([18, 16])
  expect(policyOf({ country: 'GT', policyVersion: 'gt-2026-11-28' }, book)).toEqual(before)
  expect(policiesOf('GT', book).map(({ version }) => version)).toEqual([
    'gt-2026-11-24',
    'gt-2026-11-28',
    'gt-2027-07-01',
  ])
})

it('a version that the data no longer has is read as the newest', () => {
  expect(policyOf({ country: 'HN', policyVersion: 'hn-2020-01-01' }).version).toBe('hn-2026-11-28')
})

it.each(COUNTRIES)(
  '%s: every item has a source, and no figure claims to be verified without where it was read',
  (country) => {
    for (const { evidenceSources, tiers, minimumAge } of policiesOf(country)) {
      expect(Object.keys(evidenceSources).sort()).toEqual([...EVIDENCE].sort())
      for (const { verified, source } of [minimumAge, ...tiers.map(({ limits }) => limits)]) {
        expect(verified && source.read === null).toBe(false)
      }
    }
  },
)

it('a tier is for people of the policy’s age, or of its own; never for younger ones than the tier below', () => {
  const written = JSON.parse(readFileSync(new URL('gt-2026-11-28.json', FOLDER), 'utf8'))
  const from = (years: number) => ({ years, source: written.minimumAge.source, verified: false })
  const policy = (...ages: readonly (number | null)[]) =>
    readPolicy({
      ...{ ...written, minimumAge: from(16) },
      tiers: ages.map((years, index) => ({
        ...written.tiers[index],
        ...(years !== null && { minimumAge: from(years) }),
      })),
    })

  expect(policy(null, 18, 18, 21).tiers.map(({ minimumAge }) => minimumAge.years)).toEqual([16, 18, 18, 21])
  expect(() => policy(null, 18, null)).toThrow('tier 2 is for people who may not be on the one below')
  expect(() =>
    readPolicy({ ...written, tiers: [{ ...written.tiers[0], minimumAge: from(16) }, written.tiers[1]] }),
  ).toThrow('tier 0')
})

it.each([
  [1, '2008-11-29', '2026-11-28', 'the day before the birthday'],
  [0, '2008-11-28', '2026-11-28', 'from the birthday on'],
  [0, null, '2026-11-28', 'who has given no birth date is asked for it'],
])('%i refusals by a tier for people of 18, born %s, on %s: %s', (refusals, dateOfBirth, today, _why) => {
  const tier = tierOf(policyOn('GT', TODAY), 1)
  const person = { givenNames: null, familyNames: null, document: null, dateOfBirth }
  const refused = () => {
    try {
      requireAge(tier, { person }, today)
      return 0
    } catch (error) {
      expect(error).toMatchObject({ code: 'tier_age', facts: { tier: '1', years: '18' } })
      return 1
    }
  }

  expect(refused()).toBe(refusals)
})

it.each([
  ['a year of age nobody has', { minimumAge: { years: 12, source: { law: 'x', article: null, read: null } } }],
  ['no source', { minimumAge: { years: 18, verified: false } }],
  ['an unknown field', { note: 'x' }],
  ['no tiers', { tiers: [] }],
  ['no reason for an item', { evidenceSources: {} }],
])('refuses data with %s', (_why, change) => {
  const written = JSON.parse(readFileSync(new URL('gt-2026-11-28.json', FOLDER), 'utf8'))

  expect(() => readPolicy({ ...written, ...change }, 'gt.json')).toThrow('gt.json')
})

it.each([
  ['two versions on one day', { effectiveTo: '2026-11-24' }],
  ['no version on some day', { effectiveTo: '2026-11-22' }],
  ['two that do not end', { effectiveTo: null }],
])('refuses %s', (_why, change) => {
  const [old, ...others] = COUNTRIES.flatMap((country) => policiesOf(country)) as [Policy, ...Policy[]]

  expect(() => policyBook([{ ...old, ...change }, ...others])).toThrow('gt-2026-11-24 ends')
  expect(() => policyBook([old])).toThrow('ends 2026-11-23, not null')
})
