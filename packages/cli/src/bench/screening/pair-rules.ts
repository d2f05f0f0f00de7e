import { NICKNAMES } from '@pisto/identity/screening'
import {
  drawDate,
  drawName,
  drawPerson,
  fullName,
  inventSurname,
  listedName,
  type RegionalPerson,
  type SeededRandom,
} from '@pisto/testkit'
import type { LabelledPair } from './labelled-pair.ts'
import { GENDER_PAIRS, NEAR_SURNAMES, PARTICLE_SURNAMES, SHORT_FORMS, SIBLING_NAMES } from './pair-words.ts'
import { byEar, mistype, transliterate, withoutAccents } from './spellings.ts'

/** What a rule makes; undefined when the drawn person does not suit it: another one is drawn. */
type Made = Omit<LabelledPair, 'kind'> | undefined
export type PairRule = (random: SeededRandom) => Made

const same = (query: string, entry: string): Made => ({ query: { name: query }, entry: { name: entry }, match: true })
const other = (query: string, entry: string): Made => ({ query: { name: query }, entry: { name: entry }, match: false })

/** Rare enough for a part of the name to be enough. */
const telling = (random: SeededRandom): RegionalPerson => drawPerson(random, ['familiar', 'known'])

/** The rule of each kind, and so its label. Each is a sentence of docs/guides/screening.md. */
export const PERSON_RULES: Readonly<Record<string, PairRule>> = {
  'accents-case': (random) => {
    const name = fullName(drawPerson(random))
    const plain = withoutAccents(name)
    return same(random.pick([plain.toUpperCase(), plain.toLowerCase(), plain.replaceAll(' ', '   ')]), name)
  },
  order: (random) => {
    const person = drawPerson(random)
    return random.chance(0.5)
      ? same(listedName(person), fullName(person))
      : same(fullName(person), [...person.surnames, ...person.given].join(' '))
  },
  'missing-second-surname': (random) => {
    const person = telling(random)
    return same([...person.given, person.surnames[0]].join(' '), random.pick([fullName, listedName])(person))
  },
  'swapped-surnames': (random) => {
    const person = drawPerson(random)
    const {
      given,
      surnames: [first, second],
    } = person
    return same(fullName(person), `${second} ${first}, ${given.join(' ')}`)
  },
  'given-names': (random) => {
    const person = telling(random)
    const [first, second] = person.given
    if (second === undefined) return undefined
    return same(
      [random.pick([first, second]), ...person.surnames].join(' '),
      random.pick([fullName, listedName])(person),
    )
  },
  particles: (random) => {
    const { given, surnames } = drawPerson(random)
    const surname = random.pick(PARTICLE_SURNAMES)
    const names = [given.join(' '), surname, surnames[1]]
    const written = random.pick([
      surname.replaceAll(' ', ''),
      surname.split(' ').at(-1) ?? surname,
      surname.toUpperCase(),
    ])
    return same(names.join(' '), [given.join(' '), written, surnames[1]].join(' '))
  },
  'married-name': (random) => {
    const {
      given,
      surnames: [own, second],
    } = telling(random)
    const husband = drawName(random, 'surname', ['familiar', 'known'])
    const name = given.join(' ')
    if (new Set([own, second, husband]).size < 3) return undefined
    return random.pick([
      same(`${name} ${own} de ${husband}`, `${name} ${own}`),
      same(`${name} ${own} viuda de ${husband}`, `${name} ${own} de ${husband}`),
      same(`${name} ${own} ${second} de ${husband}`, `${name} ${own} ${second}`),
      other(`${name} ${own} de ${husband}`, `${name} ${husband} ${second}`),
    ])
  },
  compound: (random) => {
    const { given, surnames } = drawPerson(random)
    if (given.length < 2) return undefined
    const name = [...given, ...surnames].join(' ')
    const joined = given
      .join('')
      .toLowerCase()
      .replace(/^./, (letter) => letter.toUpperCase())
    return random.pick([
      same([given.join('-'), ...surnames].join(' '), name),
      same([...given, surnames.join('-')].join(' '), name),
      same([joined, ...surnames].join(' '), name),
    ])
  },
  abbreviation: (random) => {
    const { given, surnames } = telling(random)
    const [first = '', second] = given
    if (random.chance(0.5) && second !== undefined) {
      return same([`${first} ${second[0]}.`, ...surnames].join(' '), [...given, ...surnames].join(' '))
    }
    if (random.chance(0.3)) {
      const common = drawName(random, 'surname', ['top'])
      const rest = drawName(random, 'surname', ['known'])
      return other(`${first[0]}. ${common}`, [...given, common, rest].join(' '))
    }
    const [short, long] = random.pick(SHORT_FORMS)
    return same(`${first} ${short} ${surnames[1]}`, `${first} ${long} ${surnames[1]}`)
  },
  nickname: (random) => {
    const { surnames } = telling(random)
    const [pet, full] = random.pick(NICKNAMES.flatMap(({ names }) => Object.entries(names)))
    const name = random.pick(full.split(' ')).replaceAll('_', ' ')
    if (random.chance(0.3)) return other(`${pet} ${surnames[0]}`, `${name} ${inventSurname(random)} ${surnames[1]}`)
    return same([pet, ...surnames].join(' '), [name, ...surnames].join(' '))
  },
  phonetic: (random) => {
    const person = drawPerson(random)
    const words = [...person.given, ...person.surnames]
    const at = [random.below(words.length), random.below(words.length)]
    const heard = words.map((word, index) => (at.includes(index) ? (byEar(random, word) ?? word) : word))
    return heard.join() === words.join() ? undefined : same(heard.join(' '), words.join(' '))
  },
  'indigenous-translit': (random) => {
    const { given } = drawPerson(random)
    const surnames = [inventSurname(random), drawName(random, 'surname', ['familiar', 'known'])]
    const written = surnames.map((word) => transliterate(random, word) ?? word)
    return written.join() === surnames.join()
      ? undefined
      : same([...given, ...written].join(' '), [...given, ...surnames].join(' '))
  },
  typo: (random) => {
    const person = drawPerson(random)
    const words = [...person.given, ...person.surnames]
    const at = random.below(words.length)
    const typed = mistype(random, words[at] ?? '')
    if (typed === undefined) return undefined
    return same(words.map((word, index) => (index === at ? typed : word)).join(' '), words.join(' '))
  },
  gender: (random) => {
    const { surnames } = drawPerson(random)
    const [man, woman] = random.pick(GENDER_PAIRS)
    return other([man, ...surnames].join(' '), [woman, ...surnames].join(' '))
  },
  sibling: (random) => {
    const { surnames } = drawPerson(random)
    const [one, two] = random.pick(SIBLING_NAMES)
    const [query, entry] = [one, two].map((given) => ({
      name: [given, ...surnames].join(' '),
      ...(random.chance(0.5) && { dob: drawDate(random) }),
    })) as [LabelledPair['query'], LabelledPair['entry']]
    return { query, entry, match: false }
  },
  'near-surname': (random) => {
    const { given, surnames } = drawPerson(random)
    const [one, two] = random.pick(NEAR_SURNAMES)
    return other([...given, one, surnames[1]].join(' '), [...given, two, surnames[1]].join(' '))
  },
  'common-nonmatch': (random) => {
    const { given, surnames } = drawPerson(random, ['top', 'frequent'])
    const second = drawName(random, 'surname', ['top', 'frequent', 'familiar'])
    if (second === surnames[1] || second === surnames[0]) return undefined
    return other([...given, ...surnames].join(' '), [...given, surnames[0], second].join(' '))
  },
  'common-exact': (random) => {
    const { given, surnames } = drawPerson(random, ['top'])
    const name = `${given[0]} ${surnames[0]}`
    return same(name, withoutAccents(name).toUpperCase())
  },
  'single-token': (random) => {
    const person = drawPerson(random)
    return other(random.pick([...person.given, ...person.surnames]), random.pick([fullName, listedName])(person))
  },
}
