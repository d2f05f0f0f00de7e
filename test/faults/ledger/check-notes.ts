import type { Ledger } from '@pisto/ledger'
import { decodeBase64, type Frontier, openCheckpoint, verifyConsistency } from '@pisto/proof'
import { signerOf } from './open-ledger.ts'
import type { CrashRequests } from './requests.ts'

/**
 * Holds signed checkpoints that were given out against the log as it is now: each is proved to be its beginning.
 * @param tree Recomputed from the leaves that are stored.
 * @returns What contradicts.
 */
export async function checkNotes(
  ledger: Ledger,
  requests: CrashRequests,
  notes: Iterable<string>,
  tree: Frontier,
): Promise<string[]> {
  const { name: origin, publicKey } = signerOf(requests)
  const open = (note: string) => openCheckpoint(note, { origin, publicKeys: [publicKey] })
  const wrong: string[] = []
  for (const note of notes) {
    try {
      const given = await open(note)
      const proof = await ledger.log.consistencyProof(requests.tenantId, given.size)
      if (proof === undefined) {
        wrong.push(`a head of ${given.size} leaves was signed; the log has ${tree.size}`)
        continue
      }
      const now = await open(proof.checkpoint)
      if (now.size !== tree.size || !Buffer.from(now.root).equals(tree.root())) {
        wrong.push(`the head of ${now.size} leaves that is signed now is not that of the ${tree.size} leaves stored`)
      }
      const path = proof.path.map(decodeBase64)
      verifyConsistency({ oldSize: given.size, newSize: now.size, oldRoot: given.root, newRoot: now.root, path })
    } catch (error) {
      wrong.push(`${note.split('\n', 2).join(', ')} leaves: ${(error as Error).message}`)
    }
  }
  const failure = ledger.log.failureOf(requests.tenantId)
  if (failure) wrong.push(failure.message)
  return wrong
}
