/** All numbers of two digits as they are written, from `00` on. */
export function pairs(radix: 10 | 16): readonly string[] {
  return Array.from({ length: radix * radix }, (_, number) => number.toString(radix).toUpperCase().padStart(2, '0'))
}
