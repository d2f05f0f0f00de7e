import type { WholePerson } from '../../testing/people.ts'

/** Doc 9303-3, 4.9: weights 7, 3, 1. */
const digit = (text: string): string => {
  const values = [...text].map((sign) => (sign === '<' ? 0 : Number.parseInt(sign, 36)))
  return String(values.reduce((sum, value, index) => sum + value * ([7, 3, 1][index % 3] ?? 0), 0) % 10)
}
const field = (text: string, length: number): string => text.padEnd(length, '<').slice(0, length)
const word = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z]+/g, '<')

/** The machine-readable lines of a Guatemalan card (TD1) with a serial of its own and the DPI in optional data. */
export function cardLines(person: WholePerson, { expires = '301231' }: { readonly expires?: string } = {}): string {
  const born = person.dateOfBirth.slice(2).replaceAll('-', '')
  const [dates, number] = [born + digit(born), person.document.number.replace(/\D/g, '')]
  const document = `A12345678${digit('A12345678')}${field(number, 15)}`
  const until = expires + digit(expires)
  const composite = digit(document + dates + until + field('', 11))
  const names = `${word(person.familyNames)}<<${word(person.givenNames)}`
  return [`IDGTM${document}`, `${dates}F${until}GTM${field('', 11)}${composite}`, field(names, 30)].join('\n')
}
