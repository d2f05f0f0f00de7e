import { fold, withoutDoubleEncoding } from '../people/fold.ts'
import { type NameWord, nameWord, RARE_WEIGHT } from '../people/name-words.ts'
import { remembered } from '../remembered.ts'
import { type AlignableWord, alignWords } from './align-words.ts'
import { COMMON_SHOP_WORDS, LEGAL_FORMS, singular, TRADE_WORDS } from './business-words.ts'
import { METHOD_COSTS } from './compare-words.ts'
import type { NameEvidence } from './person.ts'
import type { ReasonCode, UnpairedWord, WordPair } from './subject.ts'
import { REASON_WEIGHTS } from './weights.ts'

type WordRole = 'trade' | 'common' | 'number' | 'distinctive'

/** A word of a business name. */
export interface BusinessWord extends AlignableWord {
  readonly text: string
  readonly role: WordRole
  readonly weight: number
  /** A person's as well: Mercado, Salvador, Cajas. */
  readonly isName: boolean
}

/** A business name, taken apart. */
export interface BusinessName {
  readonly words: readonly BusinessWord[]
  /** Whether legal form or trade say that it is no person's. */
  readonly isTold: boolean
}

const SMALL_WORDS = new Set('de del d la las lo los el y e en a al no nro num numero the of and'.split(' '))
const ROMAN: Readonly<Record<string, string>> = { ii: '2', iii: '3', iv: '4', v: '5', vi: '6' }
const TRADE_WEIGHT = 2
const COMMON_WEIGHT = 4

/** Legal forms weigh nothing, trades little, names of many shops a little more; what is left tells which one it is. */
export function parseBusinessName(text: string): BusinessName {
  const folded = fold(withoutDoubleEncoding(text)).trim()
  const bare = withoutLegalForms(folded)
  const pieces = [...bare.matchAll(/([\p{L}\p{N}?\ufffd]+)(\.?)/gu)]
  const read = pieces.flatMap(([, piece = '', stop = '']) =>
    SMALL_WORDS.has(piece) ? [] : [businessWord(piece + stop)],
  )
  const isTold = bare !== folded || read.some(({ role, isName }) => role === 'trade' && !isName)
  return { words: read, isTold }
}

/** @param piece As `fold` gives it, perhaps with a full stop. */
const businessWord = remembered((piece): BusinessWord => {
  const hasStop = piece.endsWith('.')
  const text = hasStop ? piece.slice(0, -1) : piece
  const spelt = singular(ROMAN[text] ?? text)
  const word = nameWord(spelt)
  const isName = [word, nameWord(text)].some(({ isGiven, isSurname }) => isGiven || isSurname)
  const role = roleOf(spelt, word)
  const isInitial = text.length === 1 && role !== 'number'
  const base = { text, role, weight: weightOf(role, isInitial), isInitial, hasStop, isName }
  return { ...word, ...base, mayBeGiven: true, joined: spelt }
})

/** Most names have none: they are looked for one by one only where one of them is. */
const ANY_LEGAL_FORM = new RegExp(LEGAL_FORMS.map(({ source }) => source).join('|'))

function withoutLegalForms(folded: string): string {
  const bare = folded.replace(/[\s,]+$/, '')
  if (!ANY_LEGAL_FORM.test(bare)) return bare
  return LEGAL_FORMS.reduce((name, form) => name.replace(form, ' ').replace(/[\s,]+$/, ''), folded)
}

function roleOf(spelt: string, word: NameWord): WordRole {
  if (/^\d+$/.test(spelt)) return 'number'
  if (TRADE_WORDS.has(spelt)) return 'trade'
  return COMMON_SHOP_WORDS.has(spelt) || Math.min(word.givenWeight, word.surnameWeight) < 10 ? 'common' : 'distinctive'
}

function weightOf(role: WordRole, isInitial: boolean): number {
  if (isInitial) return 1
  if (role === 'trade') return TRADE_WEIGHT
  return role === 'distinctive' ? RARE_WEIGHT : COMMON_WEIGHT
}

/** Names compared as businesses': distinctive words decide. */
export function compareBusinessNames(query: BusinessName, entry: BusinessName): NameEvidence {
  const [left, right] = [query.words, entry.words]
  const alignments = alignWords(left, right, false, {
    mayPair: (a, b) => (a.role !== 'number' && b.role !== 'number' ? true : a.folded === b.folded),
    distance: (a, b) => (a.role === b.role ? 0 : 1),
  })
  const pairs = alignments.map(({ method, query: is, entry: js }): WordPair => {
    const [a, b] = [is.flatMap((i) => left[i] ?? []), js.flatMap((j) => right[j] ?? [])]
    const sum = (words: readonly BusinessWord[]): number => words.reduce((total, { weight }) => total + weight, 0)
    const rarity = Math.min(sum(a), sum(b))
    const text = (words: readonly BusinessWord[]): string => words.map((word) => word.text).join(' ')
    return {
      query: text(a),
      entry: text(b),
      part: 'business',
      method,
      weight: method === 'initial' ? 1 : Math.max(1, rarity - METHOD_COSTS[method]),
    }
  })
  const pairedQuery = new Set(alignments.flatMap((alignment) => alignment.query))
  const pairedEntry = new Set(alignments.flatMap((alignment) => alignment.entry))
  const loose = [left.filter((_, i) => !pairedQuery.has(i)), right.filter((_, j) => !pairedEntry.has(j))] as const
  const tells = alignments.some(({ method, query: is, entry: js }) => {
    const isTrade = is.some((i) => left[i]?.role === 'trade') || js.some((j) => right[j]?.role === 'trade')
    return method !== 'initial' && !isTrade
  })
  const isComplete = pairs.some(({ method }) => method !== 'initial') && loose.every((words) => words.length === 0)
  const codes: ReasonCode[] = isComplete
    ? ['same_business_name']
    : [...(tells ? [] : (['nothing_distinctive'] as const)), ...leftoverReasons(loose)]
  return {
    pairs,
    unpaired: { query: loose[0].map(unpairedWord), entry: loose[1].map(unpairedWord) },
    reasons: codes.map((code) => ({ code, weight: REASON_WEIGHTS[code] })),
  }
}

const unpairedWord = ({ text, weight }: BusinessWord): UnpairedWord => ({ text, part: 'business', weight })

function leftoverReasons([left, right]: readonly [
  readonly BusinessWord[],
  readonly BusinessWord[],
]): readonly ReasonCode[] {
  const both = [...left, ...right]
  const has = (words: readonly BusinessWord[], ...roles: readonly WordRole[]): boolean =>
    words.some(({ role }) => roles.includes(role))
  const tells = (words: readonly BusinessWord[]): boolean => has(words, 'common', 'distinctive')
  return [
    ...(has(both, 'number') ? (['number_conflict'] as const) : []),
    ...(tells(left) && tells(right) ? (['distinctive_conflict'] as const) : []),
    ...(tells(left) !== tells(right) ? (['distinctive_missing'] as const) : []),
    ...(has(left, 'trade') && has(right, 'trade') ? (['trade_conflict'] as const) : []),
  ]
}
