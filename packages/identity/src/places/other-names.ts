import type { Country } from '../countries.ts'

/** What people call a municipality besides its name, by code. Compiled by hand from general use. */
export const OTHER_NAMES: Readonly<Record<Country, Readonly<Record<string, string>>>> = {
  GT: {
    '0101': 'Ciudad de Guatemala, Guate, Capital',
    '0301': 'La Antigua',
    '0506': 'Pueblo Nuevo Tiquisate',
    '0509': 'Puerto San José',
    '0901': 'Xela',
    '1001': 'Mazate',
    '1101': 'Reu',
    '1217': 'Tecún Umán',
    '1301': 'Huehue',
    '1406': 'Chichi',
    '1420': 'Playa Grande',
  },
  HN: {
    '0404': 'Copán',
    '0801': 'Tegucigalpa, Comayagüela, Tegus',
    '0820': 'Cantarranas',
    '0905': 'Villeda Morales',
    '1014': 'San Miguel Guancapla',
    '1401': 'Nueva Ocotepeque',
  },
  SV: {
    '0502': 'El Chilamatal',
    '0509': 'Puerto de La Libertad',
    '0511': 'Nueva San Salvador',
    '0909': 'Villa Dolores',
    '1415': 'San José La Fuente',
  },
}
