import { Draws } from '../../seeded.ts'
import type { PlaceName } from './places.ts'

/** When one process is killed, and what it does until then. */
export interface KillPlan {
  readonly callerCount: number
  /** `opening`: while it opens the books, migrates them and looks at what is there. `working`: under load. */
  readonly phase: 'opening' | 'working'
  /** Of work: bytes that its journal must have got. */
  readonly afterBytes: number
  /** And then, in milliseconds. */
  readonly afterMs: number
  /** Another process works side by side with it and is killed a little later. */
  readonly isAccompanied: boolean
  /** Of PostgreSQL itself: all of its processes, or the session of one connection. */
  readonly victim: 'server' | 'session'
}

/** Milliseconds of opening that are worth interrupting. */
const OPENING_MS: Record<PlaceName, number> = { postgres: 150, pglite: 2_500, database: 150 }
/** A request and its answer are about 200 bytes. */
const WORKING_BYTES = 25_000
const WORKING_MS = 15

/** Follows from the seed, the place and the number of the process alone. */
export function killPlan(place: PlaceName, seed: string, life: number): KillPlan {
  const draws = new Draws(seed, 'kill', place, life)
  // an empty database is made by the first ones
  const phase = draws.oneIn(life <= 3 ? 2 : 5) ? 'opening' : 'working'
  return {
    phase,
    callerCount: draws.pick([1, 4, 8, 8, 24]),
    afterBytes: draws.below(WORKING_BYTES),
    afterMs: draws.below(phase === 'opening' ? OPENING_MS[place] : WORKING_MS),
    isAccompanied: place === 'postgres' && draws.oneIn(3),
    victim: draws.oneIn(3) ? 'session' : 'server',
  }
}
