import { HASH_LENGTH, portableSha256, type Sha256 } from './sha256.ts'

/** First byte of what is hashed: a leaf can never be passed off as a node, nor a node as a leaf. */
const LEAF = 0x00
const NODE = 0x01

/**
 * Hash of a leaf: SHA-256 of 0x00 and the leaf's bytes.
 * @param bytes The leaf's content.
 * @param sha256 Default: a portable one.
 * @returns 32 bytes.
 * @see RFC 9162 section 2.1.1
 * @example
 * leafHash(new Uint8Array()) // 6e340b9cffb37a98… in hexadecimal
 */
export function leafHash(bytes: Uint8Array, sha256: Sha256 = portableSha256): Uint8Array {
  const input = new Uint8Array(1 + bytes.length)
  input[0] = LEAF
  input.set(bytes, 1)
  return sha256(input)
}

/**
 * Hash of an inner node: SHA-256 of 0x01 and the hashes of its children.
 * @param left 32 bytes.
 * @param right 32 bytes.
 * @param sha256 Default: a portable one.
 * @returns 32 bytes.
 * @see RFC 9162 section 2.1.1
 */
export function nodeHash(left: Uint8Array, right: Uint8Array, sha256: Sha256 = portableSha256): Uint8Array {
  NODE_INPUT.set(left, 1)
  NODE_INPUT.set(right, 1 + HASH_LENGTH)
  return sha256(NODE_INPUT)
}

/** Overwritten for each node: a growing tree hashes millions, and SHA-256 is done with it when it returns. */
const NODE_INPUT = new Uint8Array(1 + 2 * HASH_LENGTH).fill(NODE, 0, 1)

/**
 * Root of the tree that has no leaves: SHA-256 of nothing.
 * @see RFC 9162 section 2.1.1
 */
export function emptyRoot(sha256: Sha256 = portableSha256): Uint8Array {
  return sha256(new Uint8Array())
}

/**
 * Root over the hashes of subtrees that stand side by side, largest first, as in the binary digits of a tree's size.
 * The right-most two are joined first: the tree leans to the left.
 * @throws {RangeError} there is no hash
 */
export function foldRight(hashes: readonly Uint8Array[], sha256: Sha256 = portableSha256): Uint8Array {
  if (hashes.length === 0) throw new RangeError('at least one hash is needed')
  return hashes.reduceRight((right, left) => nodeHash(left, right, sha256))
}
