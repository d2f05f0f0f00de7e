import type { Country } from '../countries.ts'
import { DEPARTMENTS } from './departments.ts'
import { EL_SALVADOR, SALVADORAN_MUNICIPALITIES } from './el-salvador.ts'
import { GUATEMALA } from './guatemala.ts'
import { HONDURAS } from './honduras.ts'

interface Coded {
  readonly code: string
  readonly name: string
}

/** A municipality; in El Salvador a district, which was a municipality until 30 April 2024. */
export interface Municipality extends Coded {
  /** Four digits: the department's two and its own two, as documents carry them. */
  readonly code: string
  /** As it is written, with accents. */
  readonly name: string
  readonly department: Coded
  /** El Salvador only: the municipality since 1 May 2024 that the district belongs to. */
  readonly partOf: Coded | null
}

const NAMES: Readonly<Record<Country, readonly string[]>> = { GT: GUATEMALA, HN: HONDURAS, SV: EL_SALVADOR }

const twoDigits = (number: number): string => String(number).padStart(2, '0')

function read(country: Country): readonly Municipality[] {
  return NAMES[country].flatMap((names, index) => {
    const department = { code: twoDigits(index + 1), name: DEPARTMENTS[country][index]?.[0] ?? '' }
    const written = names.split(/,\s+/)
    const parts = country === 'SV' ? partsOf(department, written.length, SALVADORAN_MUNICIPALITIES[index] ?? []) : null
    return written.map((name, place): Municipality => {
      const own = twoDigits(place + 1)
      return { code: department.code + own, name: spaced(name), department, partOf: parts?.get(own) ?? null }
    })
  })
}

/** The 44 by the code of the district within its department. */
function partsOf({ code, name }: Coded, districts: number, rows: readonly string[]): ReadonlyMap<string, Coded> {
  return new Map(
    rows.flatMap((row, index) => {
      const [side = '', ...codes] = row.split(' ')
      const whole = { code: code + twoDigits(districts + index + 1), name: `${name} ${side}` }
      return codes.map((district) => [district, whole] as const)
    }),
  )
}

const spaced = (name: string): string => name.replace(/\s+/g, ' ')

const known = new Map<Country, readonly Municipality[]>()

/** All municipalities of a country by code; El Salvador's 262 districts. */
export function municipalitiesOf(country: Country): readonly Municipality[] {
  const list = known.get(country) ?? read(country)
  known.set(country, list)
  return list
}

/**
 * @param code Four digits.
 * @returns Undefined: no such municipality in this country.
 * @example
 * municipalityOf('GT', '0901')?.name // 'Quetzaltenango'
 */
export function municipalityOf(country: Country, code: string): Municipality | undefined {
  return municipalitiesOf(country).find((municipality) => municipality.code === code)
}
