import { PistoProblem } from '@pisto/contract'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

export interface RateLimitOptions {
  readonly requestsPerMinute: number
  /** Wrong keys from one address. */
  readonly failuresPerMinute: number
}

const WINDOW_SECONDS = 60

/** How much one client may ask, and how often one address may be wrong about its key; in this process. */
export class RateLimits {
  readonly #requests: RateLimiterMemory
  readonly #failures: RateLimiterMemory
  readonly #policy: string

  constructor({ requestsPerMinute, failuresPerMinute }: RateLimitOptions) {
    this.#requests = new RateLimiterMemory({ points: requestsPerMinute, duration: WINDOW_SECONDS })
    this.#failures = new RateLimiterMemory({ points: failuresPerMinute, duration: WINDOW_SECONDS })
    this.#policy = `"requests";q=${requestsPerMinute};w=${WINDOW_SECONDS}`
  }

  /**
   * Counts a request.
   *
   * @param headers Gets the headers that tell what is left.
   * @throws {PistoProblem} `rate_limited`
   * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
   */
  async countRequest(who: string, headers: Record<string, string>): Promise<void> {
    const state = await this.#requests.consume(who).catch(refusal)
    headers['RateLimit-Policy'] = this.#policy
    headers['RateLimit'] = `"requests";r=${state.remainingPoints};t=${seconds(state)}`
    if (state.consumedPoints <= this.#requests.points) return
    headers['Retry-After'] = seconds(state)
    throw new PistoProblem('rate_limited')
  }

  /** @throws {PistoProblem} `rate_limited`: this address was wrong too often */
  async requireFewFailures(address: string, headers: Record<string, string>): Promise<void> {
    const state = await this.#failures.get(address)
    if (state === null || state.consumedPoints < this.#failures.points) return
    headers['Retry-After'] = seconds(state)
    throw new PistoProblem('rate_limited')
  }

  async countFailure(address: string): Promise<void> {
    await this.#failures.consume(address).catch(refusal)
  }
}

/** Beyond the limit it rejects with the state, which is not an error. */
function refusal(state: unknown): RateLimiterRes {
  if (state instanceof RateLimiterRes) return state
  throw state
}

const seconds = ({ msBeforeNext }: RateLimiterRes): string => String(Math.max(1, Math.ceil(msBeforeNext / 1000)))
