import { ClockBehind } from './model.ts'
import type { Clock } from './runtime.ts'

const CLOCK_TOLERANCE_MS = 30_000

/**
 * The time of a batch: the business clock's, and never before the batch it builds on.
 *
 * @throws {ClockBehind} the clock is too far behind to be believed
 */
export function ledgerTimeAfter(last: Date, clock: Clock): Date {
  const now = clock.now()
  if (now.getTime() < last.getTime() - CLOCK_TOLERANCE_MS) throw new ClockBehind()
  return now < last ? last : now
}
