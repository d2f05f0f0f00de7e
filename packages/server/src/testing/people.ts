import type { CountryCode, CreateConsumer, CreateMerchant, Person, RegisteredPerson } from '@pisto/contract'

/** With all that tier 1 asks for. */
export type WholePerson = Required<Person>
type Whole<Form> = Form & { readonly person: WholePerson }

let lastPerson = 0

/** Somebody who can register: a valid document, a mobile phone and a birth date that nobody else has. */
export interface SomePerson {
  readonly phone: string
  readonly person: WholePerson
}

/** @param serialEnd Last four digits of the document's serial: the sandbox's registry goes by them. */
export function aPerson(country: CountryCode = 'GT', serialEnd?: string): SomePerson {
  const number = ++lastPerson
  const phone = `${{ GT: '+5025', HN: '+5049', SV: '+5037' }[country]}${String(number).padStart(7, '0')}`
  const document = aDocument(country, number, serialEnd)
  return { phone, person: { givenNames: 'Rosa', familyNames: 'Umaña Pérez', dateOfBirth: '1990-02-28', document } }
}

function aDocument(country: CountryCode, number: number, serialEnd?: string): WholePerson['document'] {
  if (country === 'HN') {
    return { type: 'DNI', number: `0801-1990-${serialEnd ? `${number % 10}${serialEnd}` : 30_000 + number}` }
  }
  const serial = `${String(number).padStart(4, '0')}${serialEnd ?? '5678'}`
  if (country === 'SV') return { type: 'DUI', number: `${serial}${(10 - (weigh(serial, 9, -1) % 10)) % 10}` }
  const check = weigh(serial, 2, 1) % 11
  return check === 10 ? aDocument(country, number + 5000, serialEnd) : { type: 'DPI', number: `${serial}${check}0101` }
}

const weigh = (serial: string, from: number, step: number): number =>
  [...serial].reduce((sum, digit, index) => sum + Number(digit) * (from + index * step), 0)

/** The person of an answer, to be registered again. @throws {Error} something of them is not given */
export function again(person: RegisteredPerson | null): WholePerson {
  const { givenNames = null, familyNames = null, dateOfBirth = null, document = null } = person ?? {}
  if (givenNames === null || familyNames === null || dateOfBirth === null || document === null)
    throw new Error('not all of the person is there')
  return { givenNames, familyNames, dateOfBirth, document }
}

const consent = { version: '2026-11', acceptedAt: '2026-11-24T11:59:00.000Z' }

export const aMerchant = (
  country: CountryCode = 'GT',
  change: Partial<Whole<CreateMerchant>> = {},
): Whole<CreateMerchant> => ({
  country,
  tradeName: 'Tortillería Ñandú',
  categoryCode: '5462',
  locale: 'es',
  consent,
  ...aPerson(country),
  ...change,
})

export const aConsumer = (
  country: CountryCode = 'GT',
  change: Partial<Whole<CreateConsumer>> = {},
): Whole<CreateConsumer> => ({
  country,
  consent,
  ...aPerson(country),
  ...change,
})
