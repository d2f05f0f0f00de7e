import { ConnectionLost } from './database.ts'
import type { PostgresSession, ReservedSession, Sender } from './postgres-session.ts'

/** Single statements that travel on one session at the most. */
const RIDERS = 32

/** A session that only single statements are on. */
interface Ride {
  readonly session: Promise<PostgresSession>
  riderCount: number
}

/** Lends sessions, at most so many at once. A lost one is replaced, never lent again. */
export class SessionPool {
  readonly #open: () => Promise<PostgresSession>
  readonly #idle: PostgresSession[] = []
  readonly #rides: Ride[] = []
  readonly #waiting: (() => void)[] = []
  /** Those among the waiting who want a session alone. */
  #aloneCount = 0
  #freeCount: number
  #isClosed = false

  constructor(sessionCount: number, open: () => Promise<PostgresSession>) {
    this.#freeCount = sessionCount
    this.#open = open
  }

  /**
   * Lends a session to one borrower alone. Waits for a place, in the order of asking.
   * @throws {ConnectionLost} the session could not be opened, or the pool is closed
   */
  async alone<T>(work: (session: ReservedSession) => Promise<T>): Promise<T> {
    this.#aloneCount++
    const session = await this.#take().finally(() => this.#aloneCount--)
    try {
      const own = await session.reserve()
      try {
        return await work(own)
      } finally {
        own.release()
      }
    } finally {
      await this.#giveBack(session)
    }
  }

  /**
   * For a statement that needs no other: when every place is taken it rides along with others of its kind.
   * @throws {ConnectionLost} as above
   */
  async riding<T>(work: (session: Sender) => Promise<T>): Promise<T> {
    const ride = this.#findRide() ?? this.#newRide()
    ride.riderCount++
    try {
      return await work(await ride.session)
    } finally {
      ride.riderCount--
      if (ride.riderCount === 0) await this.#endRide(ride)
    }
  }

  /** Nothing is lent any more; sessions that are out are closed when they come back. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all(this.#idle.splice(0).map((session) => session.close()))
  }

  async #take(): Promise<PostgresSession> {
    if (this.#freeCount > 0) this.#freeCount--
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    try {
      if (this.#isClosed) throw new ConnectionLost('the database is closed')
      return this.#takeIdle() ?? (await this.#open())
    } catch (error) {
      this.#freePlace()
      throw error
    }
  }

  async #giveBack(session: PostgresSession): Promise<void> {
    if (this.#isClosed) await session.close()
    else if (session.isOpen) this.#idle.push(session)
    this.#freePlace()
  }

  #freePlace(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#freeCount++
  }

  /** The one used last: what it has prepared is warm. */
  #takeIdle(): PostgresSession | undefined {
    for (let session = this.#idle.pop(); session; session = this.#idle.pop()) if (session.isOpen) return session
    return undefined
  }

  /** None while a place is free, or somebody waits for one alone: rides would never end. */
  #findRide(): Ride | undefined {
    if (this.#freeCount > 0 || this.#aloneCount > 0) return undefined
    const [first, ...others] = this.#rides
    const emptiest = others.reduce<Ride | undefined>((a, b) => (a && a.riderCount <= b.riderCount ? a : b), first)
    return emptiest && emptiest.riderCount < RIDERS ? emptiest : undefined
  }

  #newRide(): Ride {
    const ride = { session: this.#take(), riderCount: 0 }
    this.#rides.push(ride)
    return ride
  }

  async #endRide(ride: Ride): Promise<void> {
    this.#rides.splice(this.#rides.indexOf(ride), 1)
    const session = await ride.session.catch(() => undefined) // not opened: its place is free already
    if (session) await this.#giveBack(session)
  }
}
