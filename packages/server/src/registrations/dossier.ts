/** Whoever owns or controls a business in the end. */
interface BeneficialOwner {
  readonly name: string
  /** ISO 8601 date. */
  readonly dateOfBirth: string
  /** 1 to 100. */
  readonly sharePercent: number
}

/** What the higher tiers ask for. Personal: stored only sealed. */
export interface Dossier {
  /** Of the business, or of the consumer's home. */
  readonly address: string | null
  /** Degrees, two decimals: about a kilometre. */
  readonly point: { readonly latitude: number; readonly longitude: number } | null
  /** Canonical: GT and SV: NIT; HN: RTN. */
  readonly taxId: string | null
  /** As the registry numbers it. */
  readonly businessRegistration: string | null
  readonly beneficialOwners: readonly BeneficialOwner[]
}

export const EMPTY_DOSSIER: Dossier = {
  address: null,
  point: null,
  taxId: null,
  businessRegistration: null,
  beneficialOwners: [],
}

/** What is known of the documents of a person besides their kinds, as they stand now. */
export interface DocumentFacts {
  /** The last day of an identity document that has expired. ISO 8601. */
  readonly expiredOn: string | null
}

export const NO_DOCUMENTS: DocumentFacts = { expiredOn: null }
