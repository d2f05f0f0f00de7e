import type { CountryCode, LimitFigure, WalletCurrency } from '@pisto/contract'
import type { KindName } from '../kinds.ts'
import { FOLDER, type PolicyBook, readPolicies } from './read-policies.ts'

/** What a person can give, by the names that `requirements` uses, in the order in which it is asked for. */
export const EVIDENCE = [
  'phoneVerification',
  'consent',
  'name',
  'birthDate',
  'document',
  'documentImage',
  'address',
  'businessRegistration',
  'taxId',
  'beneficialOwners',
] as const
export type Evidence = (typeof EVIDENCE)[number]

export type CapabilityName = 'acceptPayments' | 'holdBalance' | 'payout' | 'pay'

export type TierNumber = 0 | 1 | 2 | 3

/** Law and article, and where somebody read it there. */
interface Source {
  readonly law: string
  readonly article: string | null
  /** Null: nobody has compared the figure with the law. */
  readonly read: string | null
}

/** From which age on. */
interface MinimumAge {
  readonly years: number
  readonly source: Source
  /** Has someone read the figure in the source? */
  readonly verified: boolean
}

/** Decimal strings in the policy's currency. */
export interface Flow {
  readonly perPayment: string
  readonly perDay: string
  readonly perMonth: string
}

/** Figures that an institution may set for itself (docs/guides/own-limits.md). */
export interface Permission {
  readonly tiers: readonly TierNumber[]
  readonly figures: readonly LimitFigure[]
  readonly atLeast: string
  /** Null: what the policy allows itself. */
  readonly atMost: string | null
  readonly source: Source | null
}

/** Enforced by the ledger (docs/concepts/limits.md). */
export interface TierLimits {
  readonly in: Flow
  readonly out: Flow
  readonly balance: string
  readonly source: Source
  /** Has someone read the figures in the source? */
  readonly verified: boolean
}

export interface Tier {
  readonly tier: TierNumber
  /** Who can be on it. */
  readonly kinds: readonly KindName[]
  readonly evidence: readonly Evidence[]
  /** Of whoever may be on it: never less than to register at all. */
  readonly minimumAge: MinimumAge
  readonly capabilities: Readonly<Record<KindName, readonly CapabilityName[]>>
  readonly limits: TierLimits
}

/** How long what was given is kept, after which the person may be erased. */
export interface Retention {
  readonly years: number
  readonly source: Source
  /** Has someone read the figure in the source? */
  readonly verified: boolean
}

/** The rules of one country as data: a change of law is a new file, not new code. */
export interface Policy {
  readonly country: CountryCode
  readonly currency: WalletCurrency
  readonly version: string
  /** ISO 8601 dates where the tenant is; the last one included. */
  readonly effectiveFrom: string
  readonly effectiveTo: string | null
  /** To register at all. */
  readonly minimumAge: MinimumAge
  /** What limits in wages are multiples of. */
  readonly minimumWage: {
    readonly amount: string
    readonly since: string
    readonly source: Source
    readonly verified: boolean
  } | null
  /** How long before its last day another document is asked for. */
  readonly noticeDays: { readonly expiringDocument: number }
  /**
   * How long somebody active may go on with a document that has expired, and without what the rules have begun to ask
   * for.
   */
  readonly graceDays: { readonly expiredDocument: number; readonly newRequirement: number }
  /** Why each item is asked for. */
  readonly evidenceSources: Readonly<Record<Evidence, Source>>
  /** From the day of closing or rejection. Who never was active, and was not rejected, is erased at once. */
  readonly retention: Readonly<Record<'closed' | 'rejected', Retention>>
  readonly tiers: readonly Tier[]
  /** What is in none of them, no institution may set. */
  readonly tenantMay: readonly Permission[]
}

const BOOK: PolicyBook = readPolicies(FOLDER)

/** All versions of a country, the oldest first. */
export const policiesOf = (country: CountryCode, book: PolicyBook = BOOK): readonly Policy[] => book[country]

/**
 * The version in force on a day; before the first one, the first.
 *
 * @param day ISO 8601 date where the tenant is.
 */
export function policyOn(country: CountryCode, day: string, book: PolicyBook = BOOK): Policy {
  const [first, ...later] = book[country]
  if (first === undefined) throw new Error(`${country} has no policy`)
  return later.findLast(({ effectiveFrom }) => effectiveFrom <= day) ?? first
}

/** The version that a decision was made under, before the `+` of an override; one that the data no longer has: the newest. */
export function policyOf(
  { country, policyVersion }: { readonly country: CountryCode; readonly policyVersion: string },
  book: PolicyBook = BOOK,
): Policy {
  const versions = book[country]
  const policy = versions.find(({ version }) => version === policyVersion.split('+')[0]) ?? versions.at(-1)
  if (policy === undefined) throw new Error(`${country} has no policy`)
  return policy
}

/** @returns Undefined: the policy has no such tier. */
export const tierOf = (policy: Policy, tier: number): Tier | undefined =>
  policy.tiers.find((candidate) => candidate.tier === tier)

/** The next tier that this kind can be on. @returns Undefined: it is on the highest. */
export const tierAbove = (policy: Policy, tier: number, kind: KindName): Tier | undefined =>
  policy.tiers.find((candidate) => candidate.tier > tier && candidate.kinds.includes(kind))
