import type { ImportField } from '@pisto/contract'
import type { ImportKind } from './kinds.ts'

/** How people call these columns, in Spanish and English; without accents, capitals, spaces and signs. */
const NAMES: Readonly<Record<ImportField, readonly string[]>> = {
  externalId: ['id', 'idexterno', 'codigo', 'codigointerno', 'codigocliente', 'referencia', 'reference', 'clientid'],
  country: ['pais', 'codigopais', 'countrycode'],
  tradeName: [
    ...['nombrecomercial', 'nombredelnegocio', 'nombrenegocio', 'negocio', 'nombredelcomercio', 'comercio'],
    ...['establecimiento', 'businessname', 'business', 'shopname', 'shop', 'store'],
  ],
  givenNames: ['nombres', 'nombre', 'primernombre', 'givenname', 'firstname', 'firstnames'],
  familyNames: ['apellidos', 'apellido', 'familyname', 'lastname', 'lastnames', 'surname', 'surnames'],
  dateOfBirth: ['fechadenacimiento', 'fechanacimiento', 'nacimiento', 'birthdate', 'birthday', 'dob'],
  documentType: ['tipodedocumento', 'tipodocumento', 'idtype'],
  documentNumber: [
    ...['numerodedocumento', 'numerodocumento', 'nodedocumento', 'nodocumento', 'documento', 'identificacion'],
    ...['dpi', 'cui', 'dui', 'dni', 'identidad', 'document', 'idnumber'],
  ],
  phone: ['telefono', 'numerodetelefono', 'celular', 'movil', 'tel', 'phonenumber', 'mobile', 'cellphone'],
  categoryCode: ['mcc', 'codigomcc', 'codigodecategoria', 'categoria', 'giro', 'rubro', 'category'],
  municipality: ['municipio', 'codigodemunicipio', 'codigomunicipio', 'distrito', 'district', 'municipalitycode'],
  locale: ['idioma', 'lengua', 'language'],
  consent: ['consentimiento', 'acepta', 'aceptacion', 'autoriza', 'autorizacion', 'consents', 'agrees'],
}

/** What each column is. */
export interface ColumnMap {
  /** In the order of the file; null: not used. */
  readonly columns: readonly { readonly column: string; readonly field: ImportField | null }[]
  /** Required fields that no column is. */
  readonly missing: readonly ImportField[]
}

/**
 * Finds what each column of a file is: as it was told, else by its name. Of two columns for one field, the one that has
 * the field's own name is it, else the first.
 *
 * @param told Field by column.
 */
export function mapColumns(
  columns: readonly string[],
  { fields, required }: ImportKind,
  told: ReadonlyMap<string, ImportField> = new Map(),
): ColumnMap {
  const fieldOf = new Map<string, ImportField>()
  const taken = new Set<ImportField>()
  const take = (guess: (column: string) => ImportField | undefined): void => {
    for (const column of columns) {
      const field = fieldOf.has(column) ? undefined : guess(column)
      if (field === undefined || taken.has(field) || !fields.includes(field)) continue
      fieldOf.set(column, field)
      taken.add(field)
    }
  }
  take((column) => told.get(column))
  take((column) => fields.find((field) => plain(field) === plain(column)))
  take((column) => fields.find((field) => NAMES[field].includes(plain(column))))
  return {
    columns: columns.map((column) => ({ column, field: fieldOf.get(column) ?? null })),
    missing: required.filter((field) => !taken.has(field)),
  }
}

/** `Fecha de Nacimiento` → `fechadenacimiento`, `Teléfono` → `telefono` */
const plain = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
