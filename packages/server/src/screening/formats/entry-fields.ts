import { isCalendarDate } from '@pisto/identity/screening'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * A birth date as lists write it (`12 Aug 1962`, `Aug 1962`, `1962`, `1962-08-12`, `12/08/1962`), in the matcher's form.
 *
 * @returns Undefined where it is a guess (`circa 1962`, `1960 to 1965`): a guess must rule nobody out.
 */
export function readListDate(text: string): string | undefined {
  const plain = text.trim().toLowerCase()
  const [, d1, named, y1] = /^(?:(\d{1,2}) )?([a-z]{3})[a-z]*\.? (\d{4})$/.exec(plain) ?? []
  if (named !== undefined && y1 !== undefined) return dateOf(y1, String(MONTHS.indexOf(named) + 1), d1)
  const [, y2, m2, d2] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:t.*)?$/.exec(plain) ?? []
  if (y2 !== undefined) return dateOf(y2, m2, d2)
  const [, d3, m3, y3] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(plain) ?? []
  return y3 === undefined ? undefined : dateOf(y3, m3, d3)
}

function dateOf(year: string, month: string | undefined, day: string | undefined): string | undefined {
  const [y, m, d] = [Number(year), Number(month ?? 0), Number(day ?? 0)]
  if (!isCalendarDate(y, m === 0 ? 1 : m, d === 0 ? 1 : d)) return undefined
  const two = (part: number): string => String(part).padStart(2, '0')
  return [year, ...(m === 0 ? [] : [two(m), ...(d === 0 ? [] : [two(d)])])].join('-')
}

/** The one date that all agree on; with several, none is sure. */
export function oneDate(dates: readonly (string | undefined)[]): { readonly dob?: string } {
  const [first, ...others] = [...new Set(dates)]
  return first === undefined || others.length > 0 ? {} : { dob: first }
}

/** The one country that all agree on. @param countries ISO 3166-1 alpha-2, or names in English. */
export function oneCountry(countries: readonly string[]): { readonly country?: string } {
  const [first, ...others] = [...new Set(countries.map(countryCode).filter((code) => code !== undefined))]
  return first === undefined || others.length > 0 ? {} : { country: first }
}

/** @param text ISO 3166-1 alpha-2 in any case, or a name in English. */
export function countryCode(text: string): string | undefined {
  const plain = text.trim()
  if (/^[A-Za-z]{2}$/.test(plain)) return plain.toUpperCase()
  return countryNames().get(plain.toLowerCase())
}

let names: ReadonlyMap<string, string> | undefined

/** Of all codes of two letters that have a name. */
function countryNames(): ReadonlyMap<string, string> {
  if (names !== undefined) return names
  const display = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const known = letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((code) => {
      const name = display.of(code)
      return name === undefined ? [] : [[name.toLowerCase(), code] as const]
    })
  names = new Map([...known, ...OTHER_NAMES])
  return names
}

/** As OFAC, UN and EU write them where the Unicode name is another. */
const OTHER_NAMES = [
  ['burma', 'MM'],
  ['congo, democratic republic of the', 'CD'],
  ['democratic republic of the congo', 'CD'],
  ["democratic people's republic of korea", 'KP'],
  ['iran (islamic republic of)', 'IR'],
  ['korea, north', 'KP'],
  ['russian federation', 'RU'],
  ['syrian arab republic', 'SY'],
  ['united states of america', 'US'],
  ['west bank', 'PS'],
] as const

/** Types of documents that registrations have, by country, with the digits that such a number has. */
const LOCAL_TYPES: readonly (readonly [country: string, pattern: RegExp, digits: number, type: string])[] = [
  ['GT', /c\.?u\.?i|d\.?p\.?i|c[eé]dula|national id|identi/i, 13, 'GT_CUI'],
  ['HN', /d\.?n\.?i|tarjeta|c[eé]dula|national id|identi/i, 13, 'HN_DNI'],
  ['HN', /r\.?t\.?n|tax/i, 14, 'HN_RTN'],
  ['SV', /d\.?u\.?i|c[eé]dula|national id|identi/i, 9, 'SV_DUI'],
  ['SV', /n\.?i\.?t|tax/i, 14, 'SV_NIT'],
]

/**
 * A document's number in the matcher's form. What a registration can have gets the registration's type, so that equal
 * numbers meet; all else keeps a type of its own.
 *
 * @param type As the list calls it: `Cedula No.`, `Passport`. @param country Code or name; empty: not known.
 */
export function idOf(type: string, number: string, country: string): string | undefined {
  const plain = number.toUpperCase().replaceAll(/[^0-9A-Z]/g, '')
  if (plain === '') return undefined
  const code = countryCode(country)
  const local = LOCAL_TYPES.find(
    ([of, pattern, digits]) => of === code && pattern.test(type) && new RegExp(`^\\d{${digits}}$`).test(plain),
  )
  const name = type
    .normalize('NFD')
    .toUpperCase()
    .replaceAll(/\b(?:NO|NUMBER|ID)\b/g, '')
    .replaceAll(/[^A-Z]/g, '')
  return `${local?.[3] ?? `${code ?? 'XX'}_${name || 'ID'}`}:${plain}`
}

/** Without what means nothing: `-0-` is how OFAC's files write null, `na` how the UN's do. */
export function given(text: string | undefined): string {
  const plain = text?.replaceAll(/\s+/g, ' ').trim() ?? ''
  return plain === '-0-' || /^n\/?a$/i.test(plain) ? '' : plain
}

/** Different ones that are not empty, and not the name itself. */
export function aliasesOf(name: string, aliases: readonly string[]): { readonly aliases?: readonly string[] } {
  const others = [...new Set(aliases.map(given))].filter((alias) => alias !== '' && alias !== name)
  return others.length === 0 ? {} : { aliases: others }
}

/** Left out where nothing is in it. */
export function listed<Key extends string>(
  key: Key,
  values: readonly (string | undefined)[],
): { [K in Key]?: string[] } {
  const some = [...new Set(values.filter((value) => value !== undefined && value !== ''))] as string[]
  return (some.length === 0 ? {} : { [key]: some }) as { [K in Key]?: string[] }
}

export const remarksOf = (text: string): { readonly remarks?: string } =>
  given(text) === '' ? {} : { remarks: given(text).slice(0, 2000) }
