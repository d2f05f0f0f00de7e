import type { CountryCode, Policy } from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { CallOptions } from '../options.ts'

/** What the rules of a country ask for and allow. */
export interface Policies {
  /** The tiers with their evidence, limits and sources, in every version, the oldest first. */
  get(country: CountryCode, options?: CallOptions): Promise<Policy>
}

export function policies(http: Http): Policies {
  return { get: (country, options) => http.send('getPolicy', { country }, options) }
}
