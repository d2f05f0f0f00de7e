import { equalBytes } from './bytes.ts'
import { ProofRejected } from './errors.ts'
import { HASH_LENGTH, portableSha256, type Sha256 } from './sha256.ts'
import { emptyRoot, nodeHash } from './tree-hash.ts'
import { isTreeSize } from './tree-size.ts'

/** No path is longer: trees have fewer than 2^53 leaves, and a consistency proof names at most one hash more. */
const LONGEST_PATH = 54

/** What an inclusion proof says: the leaf with this hash is at this index in the tree of this size and root. */
export interface InclusionClaim {
  readonly leafIndex: number
  readonly treeSize: number
  readonly leafHash: Uint8Array
  readonly path: readonly Uint8Array[]
  readonly root: Uint8Array
}

/** What a consistency proof says: the tree of the new size and root begins with the tree of the old ones. */
export interface ConsistencyClaim {
  readonly oldSize: number
  readonly newSize: number
  readonly oldRoot: Uint8Array
  readonly newRoot: Uint8Array
  readonly path: readonly Uint8Array[]
}

/**
 * Returns when the inclusion proof holds and throws otherwise, after at most 54 hashes whatever it is given.
 * @throws {ProofRejected} `size_out_of_range`, `index_out_of_range`, `path_length`, `hash_length`, `root_mismatch`
 * @see RFC 9162 section 2.1.3.2
 */
export function verifyInclusion(claim: InclusionClaim, sha256: Sha256 = portableSha256): void {
  const { leafIndex, treeSize, path } = claim
  requireSizes(treeSize)
  if (!isTreeSize(leafIndex) || leafIndex >= treeSize) {
    throw new ProofRejected('index_out_of_range', `a tree of ${treeSize} leaves has no leaf ${leafIndex}`)
  }
  requireHashes(path, claim.leafHash, claim.root)

  const climb = new Climb(leafIndex, treeSize - 1)
  let root = claim.leafHash
  for (const sibling of path) {
    root = climb.step() === 'left' ? nodeHash(sibling, root, sha256) : nodeHash(root, sibling, sha256)
  }
  climb.requireTop()
  requireRoot(root, claim.root)
}

/**
 * Returns when the consistency proof holds and throws otherwise, after at most 108 hashes whatever it is given.
 * Every tree continues the empty one; equal sizes need equal roots; both have an empty path.
 * @throws {ProofRejected} `size_out_of_range`, `path_length`, `hash_length`, `root_mismatch`
 * @see RFC 9162 section 2.1.4.2
 */
export function verifyConsistency(claim: ConsistencyClaim, sha256: Sha256 = portableSha256): void {
  const { oldSize, newSize, oldRoot, newRoot, path } = claim
  requireSizes(oldSize, newSize)
  if (oldSize > newSize) throw new ProofRejected('size_out_of_range', `${newSize} leaves do not continue ${oldSize}`)
  requireHashes(path, oldRoot, newRoot)
  if (oldSize === 0 || oldSize === newSize) {
    requireEmpty(path)
    requireRoot(oldSize === 0 ? emptyRoot(sha256) : newRoot, oldRoot)
    if (newSize === 0) requireRoot(emptyRoot(sha256), newRoot)
    return
  }

  const climb = new Climb(oldSize - 1, newSize - 1)
  climb.skipOnes()
  const [first, ...rest] = climb.fromEdge ? [oldRoot, ...path] : path
  if (first === undefined) throw new ProofRejected('path_length', 'the path is too short')
  let oldSeen = first
  let newSeen = first
  for (const sibling of rest) {
    if (climb.step() === 'left') {
      oldSeen = nodeHash(sibling, oldSeen, sha256)
      newSeen = nodeHash(sibling, newSeen, sha256)
    } else {
      newSeen = nodeHash(newSeen, sibling, sha256)
    }
  }
  climb.requireTop()
  requireRoot(oldSeen, oldRoot)
  requireRoot(newSeen, newRoot)
}

/** The way from a node up to the root: `fn` and `sn` of RFC 9162, the node's and the last node's index on a level. */
class Climb {
  #node: number
  #last: number

  constructor(node: number, last: number) {
    this.#node = node
    this.#last = last
  }

  /** Whether the node is the left-most of its level. */
  get fromEdge(): boolean {
    return this.#node === 0
  }

  /** Up, as long as the node is a right child. */
  skipOnes(): void {
    while (this.#node % 2 === 1) this.#up()
  }

  /** One hash up; says on which side the sibling is. A last node without a sibling rises until it has one. */
  step(): 'left' | 'right' {
    if (this.#last === 0) throw new ProofRejected('path_length', 'the path is too long')
    const left = this.#node % 2 === 1 || this.#node === this.#last
    if (left) while (this.#node !== 0 && this.#node % 2 === 0) this.#up()
    this.#up()
    return left ? 'left' : 'right'
  }

  requireTop(): void {
    if (this.#last !== 0) throw new ProofRejected('path_length', 'the path is too short')
  }

  #up(): void {
    this.#node = Math.floor(this.#node / 2)
    this.#last = Math.floor(this.#last / 2)
  }
}

function requireSizes(...sizes: readonly number[]): void {
  for (const size of sizes) {
    if (!isTreeSize(size)) throw new ProofRejected('size_out_of_range', `${size} is not the size of a tree`)
  }
}

function requireHashes(path: readonly Uint8Array[], ...others: readonly Uint8Array[]): void {
  if (path.length > LONGEST_PATH) throw new ProofRejected('path_length', 'the path is too long')
  if ([...path, ...others].some((hash) => hash.length !== HASH_LENGTH)) {
    throw new ProofRejected('hash_length', `each hash has ${HASH_LENGTH} bytes`)
  }
}

function requireEmpty(path: readonly Uint8Array[]): void {
  if (path.length > 0) throw new ProofRejected('path_length', 'the path is too long')
}

function requireRoot(seen: Uint8Array, root: Uint8Array): void {
  if (!equalBytes(seen, root)) throw new ProofRejected('root_mismatch', 'the hashes do not lead to the root')
}
