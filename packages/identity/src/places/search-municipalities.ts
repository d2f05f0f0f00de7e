import type { Country } from '../countries.ts'
import { fold } from '../people/fold.ts'
import { phoneticKey } from '../people/phonetic-key.ts'
import { type Municipality, municipalitiesOf } from './municipalities.ts'
import { OTHER_NAMES } from './other-names.ts'

/** How places are shortened on forms and signs. `s` and `sn` may be San or Santo, `s` also Santa and Santiago. */
const SHORT: Readonly<Record<string, readonly string[]>> = {
  s: ['san', 'santa', 'santo', 'santiago'],
  sn: ['san'],
  sta: ['santa'],
  sto: ['santo'],
  stgo: ['santiago'],
  fco: ['francisco'],
  ant: ['antonio'],
  ma: ['maria'],
  nva: ['nueva'],
  nvo: ['nuevo'],
  pto: ['puerto'],
  cd: ['ciudad'],
  conc: ['concepcion'],
  dpto: [''],
}
const SMALL_WORDS = new Set('de del la las los el y'.split(' '))

interface Entry {
  readonly municipality: Municipality
  /** Whole names, folded, without small words. */
  readonly names: readonly string[]
  /** Words of all its names. */
  readonly own: readonly string[]
  /** Words of what it is in. */
  readonly around: readonly string[]
}

const wordsOf = (text: string): string[] => {
  const words = fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
  const telling = words.filter((word) => !SMALL_WORDS.has(word))
  return telling.length > 0 ? telling : words
}

/** Quezaltenango sounds like Quetzaltenango. */
const soundOf = (word: string): string => phoneticKey(word).replaceAll('ts', 's')

/** A sound of one or two letters tells nothing. */
const withSounds = (words: readonly string[]): string[] => [
  ...new Set([...words, ...words.map(soundOf).filter((sound) => sound.length > 2)]),
]

const entries = new Map<Country, readonly Entry[]>()

function entriesOf(country: Country): readonly Entry[] {
  const read = (): Entry[] =>
    municipalitiesOf(country).map((municipality) => {
      const { code, name, department, partOf } = municipality
      const names = [name, ...(OTHER_NAMES[country][code]?.split(', ') ?? [])].map(wordsOf)
      return {
        municipality,
        names: names.map((words) => words.join(' ')),
        own: withSounds(names.flat()),
        around: withSounds(wordsOf(`${department.name} ${partOf?.name ?? ''}`)),
      }
    })
  const list = entries.get(country) ?? read()
  entries.set(country, list)
  return list
}

/**
 * The municipalities that somebody may mean: accents, small words and spellings that sound alike do not matter, words
 * may be begun or shortened (`Sta.`, `S.`, `Fco.`), and the department may be named too. The whole name first, then
 * those that begin with what was typed, then the others, each by code.
 *
 * @param limit How many at most.
 * @example
 * searchMunicipalities('GT', 's juan saca')[0]?.name // 'San Juan Sacatepéquez'
 */
export function searchMunicipalities(country: Country, text: string, limit = 10): readonly Municipality[] {
  const typed = wordsOf(text.slice(0, 100)).map((word) => SHORT[word] ?? [word])
  const spellings = typed.map((words) => withSounds(words)).filter((words) => words.some((word) => word !== ''))
  if (spellings.length === 0) return []
  const whole = typed.map(([word = '']) => word).join(' ')
  const begins = (among: readonly string[], words: readonly string[]) =>
    words.some((word) => among.some((other) => other.startsWith(word)))

  const found = entriesOf(country).flatMap(({ municipality, names, own, around }) => {
    const isOwn = spellings.map((words) => begins(own, words))
    if (!isOwn.includes(true) || !spellings.every((words, index) => isOwn[index] || begins(around, words))) return []
    if (names.includes(whole)) return [{ municipality, rank: 0 }]
    if (names.some((name) => name.startsWith(whole))) return [{ municipality, rank: 1 }]
    return [{ municipality, rank: isOwn.includes(false) ? 3 : 2 }]
  })
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ municipality }) => municipality)
}
