import type { CountryCode, WalletCurrency } from '@pisto/contract'
import type { PolicyOverride } from '../registrations/policy/overrides.ts'

/** What every part needs to know of a tenant. Cached; changes rarely. */
export interface TenantProfile {
  /** `ten_…` */
  readonly id: string
  /** Short name inside QR codes and receipts' directory: `gtbank`. */
  readonly code: string
  readonly name: string
  readonly country: CountryCode
  readonly currency: WalletCurrency
  readonly timeZone: string
  readonly logOrigin: string
  /** The debit-side account that play money comes from; null outside the sandbox. */
  readonly fundingAccountId: string | null
  readonly livemode: boolean
  readonly createdAt: Date
  /** Limits of its own, in the order in which they were set; left out: as its country's policy. */
  readonly policyOverrides?: readonly PolicyOverride[]
}
