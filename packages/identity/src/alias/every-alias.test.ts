import { describe, expect, it } from 'vitest'
import { ALIAS_LENGTH, checkAlias } from './alias.ts'
import { hasCheckDigits, withCheckDigits } from './mod-97-10.ts'

/**
 * All 9 × 10⁹ aliases at once. An alias that is accepted is, read as a number, congruent to 1 modulo 97 (first test).
 * A mistake adds to that number something that depends on the place and the digits alone, not on the other digits: so
 * if none of these differences is a multiple of 97, no mistake leads from one accepted number to another, whichever
 * alias it was made in. The differences are few enough to look at every one.
 */
describe('every alias', () => {
  const PLACES = Array.from({ length: ALIAS_LENGTH }, (_, place) => 10n ** BigInt(place))
  const DIGITS = Array.from({ length: 10 }, (_, digit) => BigInt(digit))

  it('is accepted only when it is congruent to 1 modulo 97, whatever its first ten digits leave', () => {
    const payloads = Array.from({ length: 97 }, (_, n) => String(1_000_000_000 + n)) // every residue once

    expect(new Set(payloads.map((payload) => Number(payload) % 97)).size).toBe(97)
    for (const payload of payloads) {
      const accepted = Array.from({ length: 100 }, (_, check) => payload + String(check).padStart(2, '0')).filter(
        (alias) => checkAlias(alias).valid,
      )
      expect(accepted).toEqual([withCheckDigits(payload)])
      expect(BigInt(withCheckDigits(payload)) % 97n).toBe(1n)
      expect(hasCheckDigits(withCheckDigits(payload))).toBe(true)
    }
  })

  it('with one wrong digit is refused: 12 places × 90 pairs of a right and a wrong digit', () => {
    const differences = PLACES.flatMap((place) =>
      DIGITS.flatMap((right) => DIGITS.filter((wrong) => wrong !== right).map((wrong) => (wrong - right) * place)),
    )

    expect(differences).toHaveLength(12 * 90)
    expect(differences.filter((difference) => difference % 97n === 0n)).toEqual([])
  })

  it('with two neighbours swapped is refused: 11 places × 90 pairs of different digits', () => {
    const differences = PLACES.slice(0, -1).flatMap((place) =>
      DIGITS.flatMap((left) =>
        DIGITS.filter((right) => right !== left).map((right) => {
          const [written, swapped] = [left * 10n * place + right * place, right * 10n * place + left * place]
          return swapped - written
        }),
      ),
    )

    expect(differences).toHaveLength(11 * 90)
    expect(differences.filter((difference) => difference % 97n === 0n)).toEqual([])
  })
})
