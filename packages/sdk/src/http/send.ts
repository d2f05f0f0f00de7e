import { PistoApiError, PistoError } from '../errors.ts'
import { randomFraction } from '../runtime.ts'
import { readAnswer } from './answer.ts'
import { attempt } from './attempt.ts'
import type { Call } from './call.ts'
import type { Configuration } from './configuration.ts'
import { Deadline } from './deadline.ts'
import { askedWaitMs, waitMs } from './waiting.ts'

/**
 * Sends a call until there is an answer that waiting does not change, or the retries are used up.
 * @returns The answer's content.
 * @throws {PistoError} of the last attempt
 */
export const sendCall = (configuration: Configuration, call: Call): Promise<unknown> =>
  repeated(configuration, call, () => sendOnce(configuration, call))

/** The same for whatever is done with the answer. */
export async function repeated<T>(configuration: Configuration, call: Call, once: () => Promise<T>): Promise<T> {
  const { clock, random } = configuration
  let isRenewed = false
  for (let retry = 0; ; retry++) {
    try {
      return await once()
    } catch (error) {
      if (!isRenewed && (await renew(configuration, error))) {
        isRenewed = true
        retry--
        continue
      }
      if (!mayRepeat(error, call) || retry >= call.maxRetries) throw error
      const durationMs = waitMs(retry, askedWaitMs(error), randomFraction(random))
      if (durationMs === undefined) throw error
      await clock.sleep(durationMs, call.signal)
    }
  }
}

async function sendOnce(configuration: Configuration, call: Call): Promise<unknown> {
  const deadline = new Deadline(call.signal)
  try {
    return await attempt(configuration, call, deadline, (response) =>
      readAnswer(response, call, configuration.clock.now()),
    )
  } finally {
    deadline.end()
  }
}

/** A refused request had no effect: it may be sent again as somebody whose token is newer. */
async function renew({ credentials }: Configuration, error: unknown): Promise<boolean> {
  if (credentials === undefined || typeof credentials === 'function') return false
  return error instanceof PistoApiError && credentials.renew(error)
}

/** Without a key, only what has no effect by its method: the first attempt may have arrived. */
function mayRepeat(error: unknown, { route, idempotencyKey }: Call): boolean {
  return error instanceof PistoError && error.retryable && (route.method === 'GET' || idempotencyKey !== undefined)
}
