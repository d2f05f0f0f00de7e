import type { CodeFields } from '@pisto/qr'

/** Fields that every codec of the comparison can write. */
export interface PlainCode extends CodeFields {
  readonly merchantAccounts: { readonly '26': { readonly '00': string; readonly '01': string } }
}

const PLACES = [
  { country: 'GT', currency: '320', merchantCity: 'Quetzaltenango' },
  { country: 'HN', currency: '340', merchantCity: 'San Pedro Sula' },
  { country: 'SV', currency: '840', merchantCity: 'Santa Ana' },
] as const
const SHOPS = [
  { merchantName: 'Tienda 8', mcc: '5411' },
  { merchantName: 'Tortilleria La Bendicion', mcc: '5462' },
  { merchantName: 'Pupuseria Lorena y Hijas', mcc: '5812' },
] as const

/** Counter codes and codes with an amount, in ASCII: what all codecs here understand alike. */
export function plainCodes(): readonly PlainCode[] {
  return PLACES.flatMap((place, row) =>
    SHOPS.flatMap((shop, column): PlainCode[] => {
      const merchantAccounts = { '26': { '00': 'org.example.network', '01': `48291530${row}${column}20` } }
      const fixed = { ...place, ...shop, merchantAccounts }
      return [
        { ...fixed, pointOfInitiation: '11' },
        {
          ...fixed,
          pointOfInitiation: '12',
          amount: `${30 + row * 100}.1${column}`,
          postalCode: '09001',
          additionalData: { '01': `F-2026-${row}${column}`, '05': '7k2m9qxa', '07': 'caja-1' },
        },
      ]
    }),
  )
}
