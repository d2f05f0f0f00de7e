import { type NameRank, RANKED_NAMES } from '@pisto/identity/screening'
import type { SeededRandom } from './seeded-random.ts'

/** An invented person: names as the registry would have them. */
export interface RegionalPerson {
  readonly given: readonly string[]
  readonly surnames: readonly [first: string, second: string]
  readonly dob: string
}

/** How often a name of each rank is drawn: most people share few names. Invented surnames are in no table at all. */
const SHARES: readonly (readonly [rank: NameRank | 'invented', share: number])[] = [
  ['top', 0.3],
  ['frequent', 0.28],
  ['familiar', 0.25],
  ['known', 0.12],
  ['invented', 0.05],
]

type Part = 'given' | 'surname'

const BY_RANK = new Map<string, readonly string[]>()
for (const { part, rank, names } of RANKED_NAMES) {
  const known = BY_RANK.get(`${part} ${rank}`) ?? []
  const plain = names.split(/\s+/).filter((name) => name !== '')
  BY_RANK.set(`${part} ${rank}`, [...new Set([...known, ...plain.map((name) => name.replaceAll('_', ' '))])])
}

const STARTS = ['Aj', 'Ba', 'Chu', 'Ix', 'Ka', 'Lu', 'Max', 'Oxo', 'Pa', 'Qui', 'Sa', 'Tza', 'Tzu', 'Xi', 'Xo', 'Ya']
const MIDDLES = ['ca', 'cha', 'la', 'ma', 'pe', 'qui', 'ra', 'sa', 'te', 'vi', 'xi', 'yu']
const ENDS = ['c', 'j', 'l', 'm', 'n', 'p', 'quej', 'r', 't', 'x', 'y', 'nic', 'lay']

/** The last name is `invented` where the share says so. */
export function drawName(random: SeededRandom, part: Part, ranks: readonly NameRank[] = []): string {
  const shares = SHARES.filter(([rank]) => ranks.length === 0 || ranks.includes(rank as NameRank))
  const at = random.next() * shares.reduce((sum, [, share]) => sum + share, 0)
  let upTo = 0
  const rank = shares.find(([, share]) => {
    upTo += share
    return at < upTo
  })?.[0]
  if (rank === 'invented' && part === 'surname') return inventSurname(random)
  return random.pick(BY_RANK.get(`${part} ${rank === 'invented' ? 'known' : (rank ?? 'known')}`) ?? [])
}

export function inventSurname(random: SeededRandom): string {
  return random.pick(STARTS) + random.pick(MIDDLES) + random.pick(ENDS)
}

/** @param ranks Of the names; all by default. */
export function drawPerson(random: SeededRandom, ranks: readonly NameRank[] = []): RegionalPerson {
  const first = drawName(random, 'given', ranks)
  const second = drawName(random, 'given', ranks)
  const given = random.chance(0.6) && second !== first ? [first, second] : [first]
  return {
    given,
    surnames: [drawName(random, 'surname', ranks), drawName(random, 'surname', ranks)],
    dob: drawDate(random),
  }
}

export function drawDate(random: SeededRandom): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${1945 + random.below(63)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`
}

export const fullName = ({ given, surnames }: RegionalPerson): string => [...given, ...surnames].join(' ')

/** As lists write it. */
export const listedName = ({ given, surnames }: RegionalPerson): string =>
  `${surnames.join(' ').toUpperCase()}, ${given.join(' ')}`
