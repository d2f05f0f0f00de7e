import type { Country } from '../countries.ts'
import type { DocumentRule } from './document-rule.ts'
import { elSalvadorDui } from './el-salvador-dui.ts'
import { elSalvadorNit } from './el-salvador-nit.ts'
import { guatemalaDpi } from './guatemala-dpi.ts'
import { guatemalaNit } from './guatemala-nit.ts'
import { hondurasDni } from './honduras-dni.ts'
import { hondurasRtn } from './honduras-rtn.ts'

/** The documents of each country; the first is a natural person's identity document. */
export const DOCUMENT_TYPES = {
  GT: ['DPI', 'NIT'],
  HN: ['DNI', 'RTN'],
  SV: ['DUI', 'NIT'],
} as const satisfies Record<Country, readonly string[]>

/** Kind of document; which of them a country has is in `DOCUMENT_TYPES`. */
export type DocumentType = (typeof DOCUMENT_TYPES)[Country][number]

const RULES: Readonly<Record<Country, Partial<Record<DocumentType, DocumentRule>>>> = {
  GT: { DPI: guatemalaDpi, NIT: guatemalaNit },
  HN: { DNI: hondurasDni, RTN: hondurasRtn },
  SV: { DUI: elSalvadorDui, NIT: elSalvadorNit },
}

/** The rules of a document, or undefined when the country has no such document. */
export function ruleFor(country: Country, type: DocumentType): DocumentRule | undefined {
  return RULES[country][type]
}

/** Does this country have a document of this type? */
export function isDocumentType(country: Country, text: string): text is DocumentType {
  return (DOCUMENT_TYPES[country] as readonly string[]).includes(text)
}
