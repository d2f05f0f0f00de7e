/**
 * Remembers what a pure function of one text gave: the words of names repeat. Bounded: when it is full it begins anew.
 *
 * @param of Its values are shared, so nobody changes them.
 */
export function remembered<V>(of: (text: string) => V, max = 20_000): (text: string) => V {
  const known = new Map<string, V>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    if (known.size >= max) known.clear()
    const value = of(text)
    known.set(text, value)
    return value
  }
}
