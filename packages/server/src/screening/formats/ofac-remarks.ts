import { idOf, readListDate } from './entry-fields.ts'

/** What OFAC's CSV files say only in the remarks. */
export interface OfacRemarks {
  readonly aliases: readonly string[]
  /** Undefined where a date is a guess. */
  readonly dates: readonly (string | undefined)[]
  readonly countries: readonly string[]
  readonly ids: readonly string[]
}

/** `Cedula No. 2540123450101 (Guatemala)`, `Passport A123 (Honduras) expires 01 Jan 2020` */
const DOCUMENT =
  /^(?<type>[\p{L}.# ]*?(?:passport|no\.|number|id|#|cedula|d\.u\.i\.|nit|rtn|r\.t\.n\.))\s+(?<number>[A-Z]?[\w./-]*\d[\w./-]*)(?:\s+\((?<country>[^)]+)\))?/iu

/**
 * Reads remarks, which are sentences with semicolons between: `DOB 12 Aug 1962; alt. DOB 1963; nationality Guatemala;
 * a.k.a. 'EL TIO'; Passport A123 (Guatemala); Linked To: …`.
 */
export function readOfacRemarks(text: string): OfacRemarks {
  const aliases: string[] = []
  const dates: (string | undefined)[] = []
  const countries: string[] = []
  const ids: string[] = []
  for (const piece of text.split(';')) {
    const part = piece.trim().replace(/\.$/, '')
    const [, date] = /^(?:alt\. )?DOB (.+)$/i.exec(part) ?? []
    const [, country] = /^(?:alt\. )?(?:nationality|citizen) (.+)$/i.exec(part) ?? []
    const [, alias] = /^(?:alt\. )?(?:a|f|n)\.?k\.?a\.? ['"“‘](.+)['"”’]$/i.exec(part) ?? []
    if (date !== undefined) dates.push(readListDate(date))
    else if (country !== undefined) countries.push(country)
    else if (alias !== undefined) aliases.push(alias)
    else {
      const { type = '', number = '', country: of = '' } = DOCUMENT.exec(part.replace(/^alt\. /i, ''))?.groups ?? {}
      const id = number === '' ? undefined : idOf(type, number, of)
      if (id !== undefined) ids.push(id)
    }
  }
  return { aliases, dates, countries, ids }
}
