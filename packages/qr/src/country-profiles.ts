/** Where a fact was read. */
export interface Sourced {
  readonly source: string
  /** Read in a primary source: the law, the rule book of the network, its own documentation. */
  readonly verified: boolean
}

/** What is known about the codes of one country. What is not known is absent: never guessed. */
export interface CountryProfile {
  /** ISO 3166-1 alpha-2, object 58. */
  readonly country: string
  /** ISO 4217 numbers of what is paid with there, object 53. */
  readonly currencies: readonly string[]
  /** The largest amount that payments between institutions take, in the first of the currencies. */
  readonly cap?: Sourced & { readonly amount: string }
  /** Accounts that somebody keeps for later use: no network may put its own there. */
  readonly reserved?: Sourced & { readonly objects: readonly string[]; readonly keeper: string }
}

/** Currencies are those of ISO 4217:2015 table A.1, as of 2026-01-01. */
export const COUNTRY_PROFILES: readonly CountryProfile[] = [
  { country: 'GT', currencies: ['320'] },
  {
    country: 'HN',
    currencies: ['340'],
    cap: {
      amount: '2500.00',
      source: 'La Prensa (laprensa.hn), on Pago QR of AHIBA and CEPROBAN: amounts up to 2,500 lempiras',
      verified: false,
    },
  },
  { country: 'SV', currencies: ['840'] },
  { country: 'BR', currencies: ['986'] },
  {
    country: 'PE',
    currencies: ['604'],
    reserved: {
      objects: ['49', '50', '51'],
      keeper: 'Banco Central de Reserva del Perú',
      source: 'Gestión (gestion.pe), on the circular of the BCRP about codes for payments, article 3',
      verified: false,
    },
  },
  { country: 'CO', currencies: ['170'] },
  { country: 'AR', currencies: ['032'] },
  { country: 'MX', currencies: ['484'] },
]

/** What is known about codes of a country. */
export function countryProfile(country: string | undefined): CountryProfile | undefined {
  return COUNTRY_PROFILES.find((profile) => profile.country === country)
}
