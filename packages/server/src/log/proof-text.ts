import { NotFound, PistoProblem } from '@pisto/contract'
import type { Ledger, LogProof } from '@pisto/ledger'
import { decodeBase64, formatTlogProof } from '@pisto/proof'

/**
 * @throws {NotFound} `transaction_not_found`, `proof_not_found`: the next checkpoint will cover it
 * @throws {PistoProblem} `log_unsigned`: no next checkpoint is to be expected
 */
export async function requireProof(ledger: Ledger, tenantId: string, transactionId: string): Promise<LogProof> {
  const proof = await ledger.log.inclusionProof(tenantId, transactionId)
  if (proof !== undefined) return proof
  const transaction = await ledger.findTransaction(tenantId, transactionId)
  if (transaction) requireSigning(ledger, tenantId)
  throw new NotFound(transaction ? 'proof_not_found' : 'transaction_not_found', { id: transactionId })
}

/** @throws {PistoProblem} `log_unsigned`: waiting alone does not help */
export function requireSigning(ledger: Pick<Ledger, 'log'>, tenantId: string): void {
  if (ledger.log.failureOf(tenantId) !== undefined) throw new PistoProblem('log_unsigned')
}

/**
 * A proof as text that whoever has the log's public key verifies with no network. The leaf travels as the extra data.
 *
 * @see https://c2sp.org/tlog-proof
 */
export function proofText({ leafIndex, path, checkpoint, leaf }: LogProof): string {
  return formatTlogProof({
    index: leafIndex,
    path: path.map((hash) => decodeBase64(hash)),
    checkpoint,
    leaf: decodeBase64(leaf),
  })
}
