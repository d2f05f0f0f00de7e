import fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkMrz, type TypedIdentity } from './mrz.ts'

const TODAY = '2026-11-28'

/** Doc 9303-3, 4.9: weights 7, 3, 1; A is 10. By hand here, so that nobody's parser judges itself. */
const digit = (text: string): string => {
  const values = [...text].map((sign) => (sign === '<' ? 0 : Number.parseInt(sign, 36)))
  return String(values.reduce((sum, value, index) => sum + value * ([7, 3, 1][index % 3] ?? 0), 0) % 10)
}
const filled = (text: string, length: number): string => text.padEnd(length, '<').slice(0, length)

interface Card {
  readonly issuer: string
  readonly number: string
  readonly optional1: string
  readonly optional2: string
  readonly born: string
  readonly expires: string
  readonly names: string
}

/** A TD1 zone, section by section as Doc 9303-5, 4.2.2 has them. */
function td1(card: Card): string {
  const [born, expires] = [card.born + digit(card.born), card.expires + digit(card.expires)]
  const isLong = card.number.length > 9
  const [head, tail] = [card.number.slice(0, 9), card.number.slice(9)]
  const overflow = `${tail}${digit(`${head}<${tail}`)}`
  const document = isLong
    ? `${head}<${filled(overflow, 15)}`
    : filled(head, 9) + digit(filled(head, 9)) + filled(card.optional1, 15)
  const optional2 = filled(card.optional2, 11)
  const composite = digit(document + born + expires + optional2)
  return [
    `ID${card.issuer}${document}`,
    `${born}F${expires}${card.issuer}${optional2}${composite}`,
    filled(card.names, 30),
  ].join('\n')
}

const DUI: Card = {
  issuer: 'SLV',
  number: '661785774',
  optional1: '',
  optional2: '',
  born: '900515',
  expires: '310102',
  names: 'LOARCA<DE<LEON<<MARIA<JOSE',
}
const ROSA: TypedIdentity = {
  country: 'SV',
  documentNumber: '661785774',
  givenNames: 'María José',
  familyNames: 'Loarca de León',
  dateOfBirth: '1990-05-15',
}

const found = (card: Partial<Card>, typed: Partial<TypedIdentity> = {}): string[] =>
  checkMrz(td1({ ...DUI, ...card }), { ...ROSA, ...typed }, TODAY).findings.map(({ field, code }) => `${field} ${code}`)

it('reads a card as ICAO prints it: Utopia’s example of Doc 9303-5, appendix B', () => {
  const text = 'I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<'
  const anna = { ...ROSA, documentNumber: 'D23145890', givenNames: 'Anna Maria', familyNames: 'Eriksson' }
  const { findings, expiresOn } = checkMrz(text, { ...anna, dateOfBirth: '1974-08-12', sex: 'female' }, TODAY)
  expect(findings.map(({ field, code }) => [field, code])).toEqual([
    ['issuer', 'mismatch'],
    ['expiry', 'expired'],
  ])
  expect(expiresOn).toBe('2012-04-15')
})

it.each([
  [
    'a passport (TD3), Utopia’s of Doc 9303-4',
    'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10',
  ],
  ['a TD2 card, Utopia’s of Doc 9303-6', 'I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<D231458907UTO7408122F1204159<<<<<<<6'],
])('reads %s without line breaks', (_, text) => {
  const { findings } = checkMrz(
    text,
    { ...ROSA, givenNames: 'Anna Maria', familyNames: 'Eriksson', dateOfBirth: '1974-08-12' },
    TODAY,
  )
  expect(findings.map(({ field }) => field)).toEqual(['issuer', 'documentNumber', 'expiry'])
})

it.each<[why: string, card: Partial<Card>, typed: Partial<TypedIdentity>]>([
  ['nine digits of a DUI are the document number', {}, {}],
  [
    'thirteen of a DPI overflow into optional data',
    { issuer: 'GTM', number: '2987654320101' },
    { country: 'GT', documentNumber: '2987654320101' },
  ],
  [
    'a DPI in the first optional data, beside a serial',
    { issuer: 'GTM', number: 'A1234567', optional1: '2987654320101' },
    { country: 'GT', documentNumber: '2987654320101' },
  ],
  [
    'a DNI in groups of its own',
    { issuer: 'HND', number: 'HN0012345', optional1: '0801<1990<01234' },
    { country: 'HN', documentNumber: '0801199001234' },
  ],
  ['ñ and ü as one letter', { names: 'MUNOZ<GUITZ<<MARIA' }, { familyNames: 'Muñoz Güitz', givenNames: 'María' }],
  [
    'ñ and ü as Doc 9303 may write them',
    { names: 'MUNXXOZ<GUEITZ<<MARIA' },
    { familyNames: 'Muñoz Güitz', givenNames: 'María' },
  ],
  [
    'apostrophes are left out, hyphens part words',
    { names: 'BALAM<TZUL<<ANA<LU' },
    { familyNames: "B'alam Tz'ul", givenNames: 'Ana-Lu' },
  ],
  ['particles joined or apart', { names: 'LOARCA<DELEON<<MARIA<JOSE' }, {}],
  [
    'names that do not fit are cut',
    { names: 'HERNANDEZ<LOPEZ<<GUADALUPE<MAR' },
    { familyNames: 'Hernández López', givenNames: 'Guadalupe Maribel' },
  ],
  [
    'a whole word may be cut away',
    { names: 'MALDONADO<HERNANDEZ<<GUADALUPE' },
    { familyNames: 'Maldonado Hernández', givenNames: 'Guadalupe Inés' },
  ],
  ['a card without end', { expires: '<<<<<<' }, {}],
])('finds nothing: %s', (_, card, typed) => {
  expect(found(card, typed)).toEqual([])
})

it.each<[why: string, typed: Partial<TypedIdentity>, card: Partial<Card>, findings: string[]]>([
  ['another number', { documentNumber: '123456784' }, {}, ['documentNumber mismatch']],
  ['another given name', { givenNames: 'Marta José' }, {}, ['givenNames mismatch']],
  ['surnames exchanged', { familyNames: 'de León Loarca' }, {}, ['surnames mismatch']],
  ['a name left out where there was room', { givenNames: 'María José Inés' }, {}, ['givenNames mismatch']],
  ['day and month exchanged', { dateOfBirth: '1990-12-05' }, { born: '900512' }, ['birthDate mismatch']],
  ['another sex', { sex: 'male' }, {}, ['sex mismatch']],
  ['another country’s card', {}, { issuer: 'HND' }, ['issuer mismatch']],
  ['a day that does not exist', {}, { expires: '310230' }, ['expiry date']],
  ['another last day', { expiresOn: '2031-01-03' }, {}, ['expiry mismatch']],
  ['over since yesterday', {}, { expires: '261127' }, ['expiry expired']],
  [
    'cut, but to another beginning',
    { familyNames: 'Maldonado Hernández', givenNames: 'Inés' },
    { names: 'MALDONADO<HERNANDEZ<<GUADALUPE' },
    ['givenNames mismatch'],
  ],
])('finds %s', (_, typed, card, findings) => {
  expect(found(card, typed)).toEqual(findings)
})

it('is valid on its last day, and tells it', () => {
  expect(checkMrz(td1({ ...DUI, expires: '261128' }), ROSA, TODAY)).toEqual({ findings: [], expiresOn: '2026-11-28' })
})

it.each(['', 'no zone', td1(DUI).slice(1), td1(DUI).replace('L', 'ñ'), '<'.repeat(90), 'A'.repeat(72)])(
  'never throws: %j',
  (text) => {
    const { findings } = checkMrz(text, ROSA, TODAY)
    expect(findings.length).toBeGreaterThan(0)
    for (const { message, messageEs } of findings) expect([message, messageEs]).not.toContain('')
  },
)

it('says what is wrong in two languages, without the value', () => {
  const { findings } = checkMrz(td1(DUI), { ...ROSA, dateOfBirth: '1990-05-16' }, TODAY)
  expect(findings).toEqual([
    {
      valid: false,
      field: 'birthDate',
      code: 'mismatch',
      message: "In the card's lines, the birth date is not what was typed",
      messageEs: 'En las líneas del documento, la fecha de nacimiento no es lo que se escribió',
    },
  ])
})

/** All but sex and nationality, which no check digit covers and nobody typed; a digit may not stand for its equal. */
const UNCHECKED = new Set([0, 1, 37, 45, 46, 47].map(String))
const SIGNS = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<']
const value = (sign: string): number => (sign === '<' ? 0 : Number.parseInt(sign, 36) % 10)

it('finds every single wrong character that a check digit can tell, or that was typed', () => {
  const zone = td1(DUI).replaceAll('\n', '')
  const places = [...zone].map((_, place) => place).filter((place) => !UNCHECKED.has(String(place)))
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.constantFrom(...SIGNS), (place, sign) => {
      const before = zone[place] ?? ''
      const isTyped = place < 15 || place >= 60 || (place >= 30 && place < 36)
      // 0, A, K, U and the filler are one to a check digit
      fc.pre(sign !== before && (isTyped || value(sign) !== value(before)))
      // a filler more or less between words is nothing to a name
      fc.pre(place < 60 || (sign !== '<' && before !== '<'))
      const { findings } = checkMrz(zone.slice(0, place) + sign + zone.slice(place + 1), ROSA, TODAY)
      expect(findings.length).toBeGreaterThan(0)
    }),
    { numRuns: 1_000 },
  )
})

it('before anything is typed a zone is held against its own rules alone, and its last day is known', () => {
  expect(checkMrz(td1(DUI), undefined, TODAY)).toEqual({ findings: [], expiresOn: '2031-01-02' })
  const misread = td1(DUI).replace('900515', '900516')
  expect(checkMrz(misread, undefined, TODAY).findings.map(({ field, code }) => `${field} ${code}`)).toEqual([
    'birthDate check',
    'zone check',
  ])
})
