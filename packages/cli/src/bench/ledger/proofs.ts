import { percentile } from './figure.ts'
import type { PistoBooks } from './pisto-books.ts'
import type { LedgerBench } from './result.ts'

/** Leaves, spread over the whole log, whose proofs are read. */
const PROOFS = 500

/** Reads inclusion proofs one after another, each with its checkpoint, from a log that is signed up to its end. */
export async function measureProofs(
  books: PistoBooks,
  now: () => number,
): Promise<Pick<LedgerBench, 'proofMs' | 'proofLeaves'>> {
  const { ledger, tenantId } = books
  const ids = await books.transactionIds(PROOFS)
  await ledger.log.checkpoint(tenantId)
  const times: number[] = []
  for (const id of ids) {
    const begun = now()
    const proof = await ledger.log.inclusionProof(tenantId, id)
    times.push(now() - begun)
    if (proof === undefined) throw new Error(`there is no proof of ${id}`)
  }
  const proofMs = Math.round(percentile(Float64Array.from(times).sort(), 0.99) * 100) / 100
  return { proofMs, proofLeaves: await ledger.headSequence(tenantId) }
}
