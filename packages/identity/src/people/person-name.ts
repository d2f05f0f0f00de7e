import { fold, withoutDoubleEncoding } from './fold.ts'
import { isMarriedName, nameParts } from './name-parts.ts'
import { type NameWord, nameWord } from './name-words.ts'

/** What a word of a name is: given name, surname, or the husband's surname after `de`. */
export type NamePart = 'given' | 'surname' | 'married'

/** One word of a person's name. */
export interface PersonNameToken extends NameWord {
  /** As written. */
  readonly text: string
  readonly part: NamePart
  /** Whether the writing says so (a comma after the surnames, `viuda de`); otherwise it is the likely reading. */
  readonly isCertain: boolean
  readonly isInitial: boolean
  /** Whether it may be a given name: pet names count there, and endings tell women from men. */
  readonly mayBeGiven: boolean
  /** Written with a full stop, as abbreviations are. */
  readonly hasStop: boolean
  /** With the particles before it, in one word: `delacruz`. The word itself where there are none. */
  readonly joined: string
}

/** A person's name, taken apart. */
export interface PersonName {
  readonly text: string
  /** Given names, then surnames, then a married name. */
  readonly tokens: readonly PersonNameToken[]
  /** `hijo` and `junior` are `younger`, `padre` and `senior` are `older`; else what is written: `iii`. */
  readonly generation: string | undefined
  /** Names written into it as known besides: `Nery "El Chino" Lemus`, `Nery Lemus alias El Chino`. */
  readonly aliases: readonly string[]
}

const ALIAS_MARK =
  /(?:^|[\s,;])(?:alias|a\.?\s?k\.?\s?a\.?|\(a\)|(?:mejor )?conocid[oa] (?:tambi[eé]n )?(?:como|por))(?=[\s:])[\s:]*/i
/** Words, and whether a full stop follows: `J.C.` is two. */
const PIECES = /([\p{L}\p{N}\p{M}'’‘ʼʻ`´′ꞌª?\ufffd]+)(\.?)/gu
const QUOTED = /["“”«»„]([^"“”«»„]+)["“”«»„]/g
const BRACKETED = /\(([^)]*)\)/g

const TITLES = new Set(
  `don dona sr sra srta senor senora senorita lic licda licenciado licenciada ing ingeniero dr dra doctor doctora
  prof profesor profa arq arquitecto br bachiller pem mtro cnel gral coronel general alcalde diputado`.split(/\s+/),
)
const GENERATIONS: ReadonlyMap<string, string> = new Map([
  ['hijo', 'younger'],
  ['hija', 'younger'],
  ['h', 'younger'],
  ['jr', 'younger'],
  ['junior', 'younger'],
  ['ii', 'younger'],
  ['padre', 'older'],
  ['madre', 'older'],
  ['senior', 'older'],
  ['iii', 'iii'],
  ['iv', 'iv'],
])
const PARTICLES = new Set('de del d la las lo los el y e da do dos das di van von bin al'.split(' '))
const WIDOWS = new Set(['vda', 'viuda', 'vd', 'vdo', 'viudo'])

/**
 * Takes a name apart as it is written in Guatemala, Honduras and El Salvador: two surnames, a comma after them in
 * lists, particles (de, de la, del), a husband's name (`de Pérez`, `viuda de Pérez`), apostrophes of Mayan languages,
 * hyphens, initials, titles, `hijo` and `padre`.
 *
 * @example
 * parsePersonName('DE LA CRUZ BAC, Anselmo').tokens.map(({ folded, part }) => [folded, part])
 * // [['anselmo', 'given'], ['cruz', 'surname'], ['bac', 'surname']]
 */
export function parsePersonName(text: string): PersonName {
  const { bare, aliases } = withoutAliases(text)
  const comma = bare.indexOf(',')
  const before = readWords(comma < 0 ? bare : bare.slice(0, comma))
  const after = readWords(comma < 0 ? '' : bare.slice(comma + 1))
  const generation = after.generation ?? before.generation
  const isListed = before.words.length > 0 && after.words.length > 0
  const written = isListed ? [...after.words, ...before.words] : [...before.words, ...after.words]
  const read = written.map((word) => ({ ...word, ...nameWord(word.folded) }))
  const parts = nameParts(read, isListed ? after.words.length : undefined)
  const tokens = read.map((word, index): PersonNameToken => {
    const part = word.isWidow ? 'married' : (parts[index] ?? 'surname')
    const isCertain = isListed || word.isWidow
    return { ...word, part, isCertain, mayBeGiven: part === 'given' || (!isCertain && word.isGiven) }
  })
  return { text, tokens: tokens.sort((a, b) => RANKS[a.part] - RANKS[b.part]), generation, aliases }
}

/** Names written into a name as known besides. */
export const aliasesIn = (text: string): readonly string[] => withoutAliases(text).aliases

/** Without one of these letters or signs there is none. */
const MAY_HAVE_ALIAS = /["“”«»„(]|alias|a\.?\s?k\.?\s?a|conocid/i

function withoutAliases(text: string): { readonly bare: string; readonly aliases: readonly string[] } {
  const mended = withoutDoubleEncoding(text)
  if (!MAY_HAVE_ALIAS.test(mended)) return { bare: mended, aliases: [] }
  const aliases: string[] = []
  const remember = (alias: string): string => {
    if (alias.trim() !== '' && !GENERATIONS.has(fold(alias).replace(/\W/g, ''))) aliases.push(alias.trim())
    return ' '
  }
  const [named = '', ...known] = mended.split(ALIAS_MARK)
  for (const alias of known) remember(alias)
  const bare = named
    .replace(QUOTED, (_, alias: string) => remember(alias))
    .replace(BRACKETED, (_, inside: string) =>
      GENERATIONS.has(fold(inside).trim()) ? ` ${inside} ` : remember(inside),
    )
  return { bare, aliases }
}

const RANKS = { given: 0, surname: 1, married: 2 } as const

/** A word with what stood before it. */
interface WrittenWord {
  readonly text: string
  readonly folded: string
  readonly joined: string
  readonly isInitial: boolean
  readonly hasStop: boolean
  readonly isWidow: boolean
  /** After a lone `de`. */
  readonly isAfterDe: boolean
}

function readWords(text: string): { readonly words: readonly WrittenWord[]; readonly generation: string | undefined } {
  const words: WrittenWord[] = []
  let generation: string | undefined
  let particles: string[] = []
  let isWidow = false
  for (const [, piece = '', mark] of text.normalize('NFC').matchAll(PIECES)) {
    const [folded, stop] = [fold(piece), mark === '.']
    if (folded === '') continue
    if (WIDOWS.has(folded)) isWidow = true
    else if (PARTICLES.has(folded) && !(stop && folded.length === 1)) particles.push(folded)
    else if (words.length > 0 && GENERATIONS.has(folded)) generation = GENERATIONS.get(folded)
    else if (!TITLES.has(folded)) {
      const isInitial = folded.length === 1 && particles.length === 0 && !/\d/.test(folded)
      const joined = particles.join('') + folded
      const isAfterDe = particles.length === 1 && particles[0] === 'de'
      words.push({ text: piece, folded, joined, isInitial, hasStop: stop, isWidow, isAfterDe })
      particles = []
      isWidow = false
    }
  }
  const last = particles.at(-1) // a name that ends in a particle is cut off, or is one: Miguel El
  if (last !== undefined && words.length < 2) {
    words.push({
      text: last,
      folded: last,
      joined: particles.join(''),
      isInitial: false,
      hasStop: false,
      isWidow,
      isAfterDe: false,
    })
  }
  const told = words.some(({ isAfterDe }) => isAfterDe)
    ? words.map((word, index) => ({ ...word, isAfterDe: isMarriedName(words, index) }))
    : words
  return { words: told, generation }
}
