/** Who pays whom. `hot`: everybody pays the same account. */
export type Workload = 'random' | 'hot'

export interface Payment {
  /** Indexes of accounts. */
  readonly debit: number
  readonly credit: number
  readonly amountMinor: number
}

const HOT = 0

/** Draws the same payments in the same order each time. @param accountCount At least 2. */
export function payments(workload: Workload, accountCount: number): () => Payment {
  const draw = generator(workload === 'hot' ? 1 : 2)
  return () => {
    const credit = workload === 'hot' ? HOT : draw(accountCount)
    const debit = (credit + 1 + draw(accountCount - 1)) % accountCount
    return { debit, credit, amountMinor: 1 + draw(100) }
  }
}

/** @see Marsaglia, “Xorshift RNGs”, 2003, section 4 */
function generator(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}
