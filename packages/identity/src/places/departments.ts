import type { Country } from '../countries.ts'

/** A department: name, and how many municipalities it has; its code is its place in the list. */
export type DepartmentRow = readonly [name: string, municipalityCount: number]

/**
 * Departments in the order of their official two-digit codes, `01` first. Municipalities are coded
 * `01` to the count within their department.
 *
 * - Guatemala: 22 departments, 340 municipalities (INE/RENAP codes, the last digits of every DPI).
 * - Honduras: 18 departments, 298 municipalities (INE/RNP codes, the first digits of every DNI).
 * - El Salvador: 14 departments, the 262 municipalities before the reform of 1 May 2024. The NIT
 *   carries these codes; the 44 municipalities of today regroup them as districts.
 *
 * @see Guatemala: Instituto Nacional de Estadística, codes of departments and municipalities
 * @see Honduras: Instituto Nacional de Estadística, División Político Territorial
 * @see El Salvador: Ministerio de Hacienda, Catálogos del Sistema de Transmisión, CAT-012 and CAT-013;
 *   Decreto Legislativo 762 of 2023 (44 municipalities, 262 districts)
 */
// biome-ignore format: a table
export const DEPARTMENTS: Readonly<Record<Country, readonly DepartmentRow[]>> = {
  GT: [
    ['Guatemala', 17],      ['El Progreso', 8],    ['Sacatepéquez', 16],  ['Chimaltenango', 16],
    ['Escuintla', 14],      ['Santa Rosa', 14],    ['Sololá', 19],        ['Totonicapán', 8],
    ['Quetzaltenango', 24], ['Suchitepéquez', 21], ['Retalhuleu', 9],     ['San Marcos', 30],
    ['Huehuetenango', 33],  ['Quiché', 21],        ['Baja Verapaz', 8],   ['Alta Verapaz', 17],
    ['Petén', 14],          ['Izabal', 5],         ['Zacapa', 11],        ['Chiquimula', 11],
    ['Jalapa', 7],          ['Jutiapa', 17],
  ],
  HN: [
    ['Atlántida', 8],       ['Colón', 10],         ['Comayagua', 21],     ['Copán', 23],
    ['Cortés', 12],         ['Choluteca', 16],     ['El Paraíso', 19],    ['Francisco Morazán', 28],
    ['Gracias a Dios', 6],  ['Intibucá', 17],      ['Islas de la Bahía', 4], ['La Paz', 19],
    ['Lempira', 28],        ['Ocotepeque', 16],    ['Olancho', 23],       ['Santa Bárbara', 28],
    ['Valle', 9],           ['Yoro', 11],
  ],
  SV: [
    ['Ahuachapán', 12],     ['Santa Ana', 13],     ['Sonsonate', 16],     ['Chalatenango', 33],
    ['La Libertad', 22],    ['San Salvador', 19],  ['Cuscatlán', 16],     ['La Paz', 22],
    ['Cabañas', 9],         ['San Vicente', 13],   ['Usulután', 23],      ['San Miguel', 20],
    ['Morazán', 26],        ['La Unión', 18],
  ],
}
