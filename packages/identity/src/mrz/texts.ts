import type { MrzCode, MrzField, MrzFinding } from './check-mrz.ts'

const FIELDS: Readonly<Record<MrzField, readonly [name: string, nameEs: string]>> = {
  zone: ['the lines', 'las líneas'],
  issuer: ['the country', 'el país'],
  documentNumber: ['the document number', 'el número del documento'],
  surnames: ['the surnames', 'los apellidos'],
  givenNames: ['the given names', 'los nombres'],
  birthDate: ['the birth date', 'la fecha de nacimiento'],
  sex: ['the sex', 'el sexo'],
  expiry: ['the expiry date', 'la fecha de vencimiento'],
}

const RULES: Readonly<Record<MrzCode, (name: string, nameEs: string) => readonly [string, string]>> = {
  format: () => [
    'These are not the machine-readable lines of a card: it has three of 30 characters',
    'Estas no son las líneas de lectura mecánica de un documento: son tres de 30 caracteres',
  ],
  check: (name, nameEs) => [
    `The check digit of ${name} does not match: read the card's lines again`,
    `El dígito verificador de ${nameEs} no coincide: lea otra vez las líneas del documento`,
  ],
  date: (name, nameEs) => [
    `In the card's lines, ${name} is not a day of the calendar`,
    `En las líneas del documento, ${nameEs} no existe en el calendario`,
  ],
  mismatch: (name, nameEs) => [
    `In the card's lines, ${name} is not what was typed`,
    `En las líneas del documento, ${nameEs} no es lo que se escribió`,
  ],
  expired: () => ['The card has expired', 'El documento está vencido'],
}

/** The finding for a field and the rule it breaks. */
export function findingIn(field: MrzField, code: MrzCode): MrzFinding {
  const [message, messageEs] = RULES[code](...FIELDS[field])
  return { valid: false, field, code, message, messageEs }
}
