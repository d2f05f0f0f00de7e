import { readFileSync } from 'node:fs'
import type { CountryCode, WalletCurrency } from '@pisto/contract'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { KindName } from '../kinds.ts'

/** What a person can give, by the names that `requirements` uses. */
export type Evidence = 'phoneVerification' | 'name' | 'document' | 'birthDate' | 'consent'

export type CapabilityName = 'acceptPayments' | 'holdBalance' | 'payout' | 'pay'

/** Decimal strings in the policy's currency. Enforced by the ledger (docs/concepts/limits.md). */
interface TierLimits {
  readonly perPayment: string
  readonly perDay: string
  readonly perMonth: string
  readonly balance: string
  /** Law and article, or that it is a default of the sandbox. */
  readonly source: string
  /** Has someone read the figures in the source? */
  readonly verified: boolean
}

export interface Tier {
  readonly tier: number
  readonly evidence: readonly Evidence[]
  readonly capabilities: Readonly<Record<KindName, readonly CapabilityName[]>>
  readonly limits: TierLimits
}

/** The rules of one country as data: a change of law is a new file, not new code. */
export interface Policy {
  readonly country: CountryCode
  readonly currency: WalletCurrency
  readonly version: string
  readonly effectiveFrom: string
  readonly effectiveTo: string | null
  readonly minimumAge: { readonly years: number; readonly source: string; readonly verified: boolean }
  readonly tiers: readonly Tier[]
}

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`./${name}`, import.meta.url), 'utf8'))

const isPolicy = new Ajv2020({ allErrors: true }).compile<Policy>(read('policy.schema.json') as object)

/** @throws {Error} the data does not keep `policy.schema.json`, or is of another country */
export function readPolicy(country: CountryCode, data: unknown): Policy {
  if (!isPolicy(data)) throw new Error(`policy of ${country}: ${JSON.stringify(isPolicy.errors)}`)
  if (data.country !== country) throw new Error(`policy of ${country} is of ${data.country}`)
  return data
}

const POLICIES: Readonly<Record<CountryCode, Policy>> = {
  GT: readPolicy('GT', read('gt.json')),
  HN: readPolicy('HN', read('hn.json')),
  SV: readPolicy('SV', read('sv.json')),
}

export const policyOf = (country: CountryCode): Policy => POLICIES[country]

/** @returns Undefined: the policy has no such tier. */
export const tierOf = (policy: Policy, tier: number): Tier | undefined =>
  policy.tiers.find((candidate) => candidate.tier === tier)
