import type { Resemblance } from '@pisto/identity/look-alike'
import type { Flag } from './flags.ts'

/** Others that are looked at per key: what thousands share needs no more. */
export const LOOKED_AT_MAX = 10
const NAMED_MAX = 5
const STRENGTH: Readonly<Record<Resemblance, number>> = { same: 0, alike: 1, near: 2 }

/** Two are compared where both are at one place, or of one of them it is not known. */
export const mayBeNear = (a: string | null, b: string | null): boolean => a === null || b === null || a === b

/** Those that will be active by the time the next one is: the next one is compared with them, too. */
export class Earlier<One> {
  readonly #keysOf: (one: One) => readonly string[]
  readonly #byKey = new Map<string, One[]>()

  /** @param keysOf Two that may resemble each other share one. */
  constructor(keysOf: (one: One) => readonly string[]) {
    this.#keysOf = keysOf
  }

  add(one: One): void {
    for (const key of this.#keysOf(one)) {
      const known = this.#byKey.get(key)
      if (known === undefined) this.#byKey.set(key, [one])
      else if (known.length < LOOKED_AT_MAX) known.push(one)
    }
  }

  near(one: One): readonly One[] {
    return [...new Set(this.#keysOf(one).flatMap((key) => this.#byKey.get(key) ?? []))]
  }
}

/**
 * The flag that names those who are resembled most.
 *
 * @param others May name one twice.
 * @param how Undefined: this one is not.
 */
export function flagOfClosest<Other extends { readonly id: string }>(
  code: Flag['code'],
  others: readonly Other[],
  how: (other: Other) => Resemblance | undefined,
): Flag | undefined {
  const alike = [...new Map(others.map((other) => [other.id, other])).values()]
    .flatMap((other) => {
      const resemblance = how(other)
      return resemblance === undefined ? [] : [{ id: other.id, how: resemblance }]
    })
    .sort((a, b) => STRENGTH[a.how] - STRENGTH[b.how] || (a.id < b.id ? -1 : 1))
  const [closest] = alike
  if (closest === undefined) return undefined
  return { code, how: closest.how, registrationIds: alike.slice(0, NAMED_MAX).map(({ id }) => id) }
}
