/**
 * Makes something of an object once, as long as the object lives.
 *
 * @param make Pure; its values are shared, so nobody changes them.
 */
export function oncePerObject<K extends object, V extends object>(make: (object: K) => V): (object: K) => V {
  const made = new WeakMap<K, V>()
  return (object) => {
    const before = made.get(object)
    if (before !== undefined) return before
    const value = make(object)
    made.set(object, value)
    return value
  }
}
