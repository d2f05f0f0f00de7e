/** The countries whose ids and phones Pisto knows: ISO 3166-1 alpha-2. */
export const COUNTRIES = ['GT', 'HN', 'SV'] as const

/** ISO 3166-1 alpha-2 code of a country Pisto serves. */
export type Country = (typeof COUNTRIES)[number]

/** Is this text, in capitals, the code of a country Pisto serves? */
export function isCountry(text: string): text is Country {
  return (COUNTRIES as readonly string[]).includes(text)
}
