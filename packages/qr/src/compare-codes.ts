import { type CodeObject, codeObjects } from './code-objects.ts'

/** One object that two codes do not have alike. */
export interface Difference {
  readonly path: string
  readonly name: CodeObject['name']
  /** What the first code says; null: it has no such object. */
  readonly left: string | null
  readonly right: string | null
}

/**
 * What differs between two codes, object by object. The order of objects does not count, the checksum does.
 *
 * @returns Empty: they say the same.
 * @example
 * compareCodes(printed, scanned) // [{ path: '54', name: { en: 'amount', es: 'monto' }, left: '30.10', right: '80.10' }, …]
 */
export function compareCodes(left: string, right: string): readonly Difference[] {
  const [ours, theirs] = [byPath(left), byPath(right)]
  const paths = [...new Set([...ours.keys(), ...theirs.keys()])].sort(byPlace)
  return paths.flatMap((path) => {
    const [own, other] = [ours.get(path), theirs.get(path)]
    if (own?.value === other?.value) return []
    return [{ path, name: (own ?? other)?.name, left: own?.value ?? null, right: other?.value ?? null }]
  })
}

/** Of objects that stand there twice the later ones get a number. */
function byPath(payload: string): Map<string, CodeObject> {
  const objects = new Map<string, CodeObject>()
  for (const object of codeObjects(payload)) {
    let path = object.path
    for (let count = 2; objects.has(path); count++) path = `${object.path}[${count}]`
    objects.set(path, { ...object, path })
  }
  return objects
}

/** By number; the checksum last. */
function byPlace(a: string, b: string): number {
  if ((a === '63') !== (b === '63')) return a === '63' ? 1 : -1
  return a < b ? -1 : 1
}
