import { readdirSync, readFileSync } from 'node:fs'
import type { CountryCode } from '@pisto/contract'
import { formatMinor, parseMinor } from '@pisto/money/text'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Flow, Permission, Policy, Tier, TierLimits } from './policy.ts'

/** The versions of each country, the oldest first. */
export type PolicyBook = Readonly<Record<CountryCode, readonly Policy[]>>

/** A limit as it is written: an amount, or so many minimum wages. */
type WrittenLimit = string | { readonly wages: number }
type WrittenFlow = Readonly<Record<keyof Flow, WrittenLimit>>
interface WrittenPolicy extends Omit<Policy, 'tiers' | 'tenantMay'> {
  readonly tenantMay?: Policy['tenantMay']
  readonly tiers: readonly (Omit<Tier, 'limits' | 'minimumAge'> & {
    readonly minimumAge?: Tier['minimumAge']
    readonly limits: Omit<TierLimits, 'in' | 'out' | 'balance'> & {
      readonly in: WrittenFlow
      readonly out: WrittenFlow
      readonly balance: WrittenLimit
    }
  })[]
}

/** Where the policies are; a file whose name begins with a country is a version. */
export const FOLDER = new URL('./', import.meta.url)

export const isPolicyFile = (name: string): boolean => /^[a-z]{2}-.*\.json$/.test(name)

const SCHEMA = 'policy.schema.json'
const read = (folder: URL, name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
const isWritten = new Ajv2020({ allErrors: true }).compile<WrittenPolicy>(read(FOLDER, SCHEMA) as object)

/** @throws {Error} a file does not keep `policy.schema.json`, or two versions are in force on one day, or none is */
export function readPolicies(folder: URL): PolicyBook {
  const names = readdirSync(folder).filter(isPolicyFile)
  return policyBook(names.map((name) => readPolicy(read(folder, name), name)))
}

/**
 * @throws {Error} the data does not keep `policy.schema.json`, counts in wages that it does not name, or lets somebody
 *   younger on a tier than on the one below
 */
export function readPolicy(data: unknown, name = 'policy'): Policy {
  if (!isWritten(data)) throw new Error(`${name}: ${JSON.stringify(isWritten.errors)}`)
  const { currency, minimumWage } = data
  const amount = (limit: WrittenLimit): string => {
    if (typeof limit === 'string') return limit
    if (minimumWage === null) throw new Error(`${name}: counts in wages, and names none`)
    return formatMinor(parseMinor(minimumWage.amount, currency) * BigInt(limit.wages), currency)
  }
  const flow = (written: WrittenFlow): Flow => ({
    perPayment: amount(written.perPayment),
    perDay: amount(written.perDay),
    perMonth: amount(written.perMonth),
  })
  const tiers = data.tiers.map(({ limits, ...tier }): Tier => {
    const figures = { in: flow(limits.in), out: flow(limits.out), balance: amount(limits.balance) }
    return { ...tier, minimumAge: tier.minimumAge ?? data.minimumAge, limits: { ...limits, ...figures } }
  })
  let fromBelow = data.minimumAge.years
  for (const { tier, minimumAge } of tiers) {
    if (minimumAge.years < fromBelow)
      throw new Error(`${name}: tier ${tier} is for people who may not be on the one below`)
    fromBelow = minimumAge.years
  }
  return { ...data, tiers, tenantMay: data.tenantMay ?? [TIGHTER] }
}

/** Unless the policy says otherwise: whatever is no wider than the policy. */
const TIGHTER: Permission = {
  tiers: [0, 1, 2, 3],
  figures: ['in.perPayment', 'in.perDay', 'in.perMonth', 'out.perPayment', 'out.perDay', 'out.perMonth', 'balance'],
  atLeast: '0.00',
  atMost: null,
  source: null,
}

/** @throws {Error} a country has no version, or two on one day, or none on a day between */
export function policyBook(policies: readonly Policy[]): PolicyBook {
  const versionsOf = (country: CountryCode): Policy[] => {
    const versions = policies
      .filter((policy) => policy.country === country)
      .sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1))
    for (const [index, { version, effectiveTo }] of versions.entries()) {
      const next = versions[index + 1]
      const ends = next === undefined ? null : dayBefore(next.effectiveFrom)
      if (effectiveTo !== ends) throw new Error(`${version} ends ${effectiveTo}, not ${ends}`)
    }
    if (versions.length === 0) throw new Error(`${country} has no policy`)
    return versions
  }
  return { GT: versionsOf('GT'), HN: versionsOf('HN'), SV: versionsOf('SV') }
}

const dayBefore = (day: string): string => Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()
