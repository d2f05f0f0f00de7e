import type { ScreeningSubject } from '@pisto/identity/screening'
import { drawDate, drawPerson, fullName, listedName, SeededRandom } from '@pisto/testkit'

/** People of the region, one after the other: none is kept. */
export function* streamPeople(count: number, seed: number): Generator<ScreeningSubject> {
  const random = new SeededRandom(seed)
  for (let drawn = 0; drawn < count; drawn++) {
    const person = drawPerson(random)
    yield { name: fullName(person), dob: person.dob, kind: 'person' }
  }
}

/** Entries of an invented list: half of them with a birth date. */
export function* streamEntries(count: number, seed: number): Generator<ScreeningSubject> {
  const random = new SeededRandom(seed)
  for (let drawn = 0; drawn < count; drawn++) {
    const name = listedName(drawPerson(random))
    yield random.chance(0.5) ? { name, dob: drawDate(random) } : { name }
  }
}
