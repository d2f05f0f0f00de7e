import type { Country } from '../countries.ts'
import { DEPARTMENTS } from './departments.ts'

/** Where a document says its holder was registered. */
export interface Place {
  readonly department: { readonly code: string; readonly name: string }
  /** Four digits: the department's two and the municipality's two, as in `0801`. */
  readonly municipality: { readonly code: string }
}

/**
 * The place a four-digit code stands for.
 *
 * @param code Department and municipality, two digits each.
 * @returns The place, or which half does not exist in this country.
 * @example
 * placeOf('HN', '0801') // { department: { code: '08', name: 'Francisco Morazán' }, municipality: { code: '0801' } }
 * placeOf('HN', '0829') // 'municipality'
 */
export function placeOf(country: Country, code: string): Place | 'department' | 'municipality' {
  const departmentCode = code.slice(0, 2)
  const department = DEPARTMENTS[country][Number(departmentCode) - 1]
  if (department === undefined) return 'department'

  const [name, municipalityCount] = department
  const municipality = Number(code.slice(2))
  if (municipality < 1 || municipality > municipalityCount) return 'municipality'

  return { department: { code: departmentCode, name }, municipality: { code } }
}
