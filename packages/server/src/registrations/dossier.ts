import type { DocumentKind, DocumentReason } from '@pisto/contract'

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

/** The last day on which a kind of document is valid, ISO 8601; null, or nothing: it does not end. */
export type LastDays = Readonly<Partial<Record<DocumentKind, string | null>>>

/** What is known of the documents of a person besides their kinds, as they stand now. */
export interface DocumentFacts {
  /** Of what is kept and has not expired: of each kind the one that lasts longest. */
  readonly lastDays: LastDays
  /** Kinds of which the newest was not accepted, with the reasons. */
  readonly rejected: Readonly<Partial<Record<DocumentKind, readonly DocumentReason[]>>>
}

export const NO_DOCUMENTS: DocumentFacts = { lastDays: {}, rejected: {} }
