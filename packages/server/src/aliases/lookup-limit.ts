import { PistoProblem } from '@pisto/contract'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

const WINDOW_SECONDS = 60

/**
 * How often one caller may ask who is behind an alias or phone; in this process. Far below the limit of requests:
 * phone numbers are few enough to try them all.
 */
export class LookupLimit {
  readonly #lookups: RateLimiterMemory

  constructor(lookupsPerMinute: number) {
    this.#lookups = new RateLimiterMemory({ points: lookupsPerMinute, duration: WINDOW_SECONDS })
  }

  /** @throws {PistoProblem} `rate_limited` */
  async count(who: string): Promise<void> {
    try {
      await this.#lookups.consume(who)
    } catch (error) {
      throw error instanceof RateLimiterRes ? new PistoProblem('rate_limited') : error
    }
  }
}
