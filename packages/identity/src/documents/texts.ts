import type { Texts } from '../finding.ts'
import type { DocumentRule, NationalIdCode } from './document-rule.ts'

/** What to tell the person about each code, for one kind of document. */
export function textsFor({
  name,
  characters: [characters, charactersEs],
}: DocumentRule): Texts<Exclude<NationalIdCode, 'type'>> {
  return {
    format: [
      `The ${name} has a character that cannot be there: it is ${characters}`,
      `El ${name} tiene un carácter que no corresponde: son ${charactersEs}`,
    ],
    length: [
      `The ${name} has too few or too many digits: it is ${characters}`,
      `Al ${name} le faltan o le sobran dígitos: son ${charactersEs}`,
    ],
    department: [`The department in this ${name} does not exist`, `El departamento de este ${name} no existe`],
    municipality: [`The municipality in this ${name} does not exist`, `El municipio de este ${name} no existe`],
    check: [
      `The ${name} does not check: one of its digits is wrong`,
      `El ${name} no es correcto: alguno de sus dígitos está equivocado`,
    ],
    remainder10: [
      `No ${name} can have this serial number: look at the card again`,
      `Ningún ${name} puede llevar este número: revise el documento`,
    ],
    cf: [
      `CF means final consumer; it is not the number of a person or a business`,
      `CF significa consumidor final; no es el número de una persona ni de un negocio`,
    ],
    placeholder: [`Zeros alone are not a ${name}`, `Solo ceros no es un ${name}`],
    date: [`The date in this ${name} does not exist`, `La fecha dentro de este ${name} no existe`],
    year: [
      `The year in this ${name} is not the holder's year of birth`,
      `El año dentro de este ${name} no es el año de nacimiento de su titular`,
    ],
  }
}

/** What to tell about a document that the country does not have. */
export function textsForNone(name: string): Texts<'type'> {
  return { type: [`This country has no ${name}`, `En este país no existe el ${name}`] }
}
