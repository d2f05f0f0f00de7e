/** The same bytes with one bit turned, counted from the first byte's lowest. */
export function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const flipped = new Uint8Array(bytes)
  const at = bit >> 3
  flipped[at] = (flipped[at] ?? 0) ^ (1 << (bit & 7))
  return flipped
}
