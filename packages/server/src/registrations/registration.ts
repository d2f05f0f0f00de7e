import type { CountryCode, DocumentKind, ReasonedAction, RegistrationStatus, ReviewReason } from '@pisto/contract'
import type { CardLines } from './card-lines.ts'
import type { Demand } from './demands.ts'
import type { DocumentFacts, Dossier } from './dossier.ts'
import type { Flag } from './flags.ts'
import type { KindName } from './kinds.ts'
import type { TierNumber } from './policy/policy.ts'

export type PersonLocale = 'es' | 'en'

/** A natural person's identity document; `number` in canonical form, without separators. */
export interface PersonDocument {
  readonly type: 'DPI' | 'DNI' | 'DUI'
  readonly number: string
}

/** Null: not given. Tier 0 asks for none of it. */
export interface RegisteredPerson {
  readonly givenNames: string | null
  readonly familyNames: string | null
  /** ISO 8601 date. */
  readonly dateOfBirth: string | null
  readonly document: PersonDocument | null
}

/** Whoever has given all that tier 1 asks for. */
export type IdentifiedPerson = { readonly [Field in keyof RegisteredPerson]: NonNullable<RegisteredPerson[Field]> }

export const isIdentified = (person: RegisteredPerson): person is IdentifiedPerson =>
  Object.values(person).every((value) => value !== null)

/** @returns Null: the name is not given. */
export const fullName = ({ givenNames, familyNames }: Omit<RegisteredPerson, 'document' | 'dateOfBirth'>) =>
  givenNames === null || familyNames === null ? null : `${givenNames} ${familyNames}`

/** What a merchant has and a consumer has not. */
export interface Business {
  readonly tradeName: string
  /** ISO 18245, four digits. */
  readonly categoryCode: string
  /** Four digits; null: not given. */
  readonly municipality: string | null
}

export interface RecordedConsent {
  readonly version: string
  readonly acceptedAt: Date
  /** `import`: the tenant attests it. */
  readonly channel: 'api' | 'import'
}

/** `attested`: the tenant says so, as it does for the rows of an import. */
export interface PhoneConfirmation {
  readonly at: Date
  readonly by: 'code' | 'attested'
}

/** What the check of a document against the registry said, where it was not simply "verified". */
export type RegistryFinding = 'documentMismatch' | 'documentImageNeeded' | 'possibleMatch'

/** What a registration in review waits for. */
export interface Review {
  readonly openedAt: Date
  /** The operator who works on it. */
  readonly assignedTo: string | null
  /** The first of two approvals. */
  readonly proposal: {
    readonly by: string
    readonly at: Date
    /** What it was given on (`approvalBasis`); null: nobody knows any more. */
    readonly on: string | null
  } | null
}

/** What the person is told of the last decision against them. */
export interface Notice {
  readonly action: ReasonedAction
  readonly codes: readonly ReviewReason[]
  readonly note: string | null
  /** ISO 8601 */
  readonly time: string
  /** Of the codes, what has not been mended yet. */
  readonly due: readonly ReviewReason[]
}

/** The person is to be erased, or was. */
export interface Erasure {
  readonly requestedAt: Date
  /** When the law lets the data go. */
  readonly dueAt: Date
  readonly erasedAt: Date | null
  /** The law. */
  readonly source: string
}

/** A merchant or a consumer of one tenant. */
export interface Registration {
  readonly kind: KindName
  /** `mer_…` or `con_…` */
  readonly id: string
  readonly status: RegistrationStatus
  readonly tier: TierNumber
  /** The higher tier that operators look at. */
  readonly requestedTier: TierNumber | null
  readonly country: CountryCode
  /** E.164 */
  readonly phone: string
  readonly phoneConfirmation: PhoneConfirmation | null
  readonly locale: PersonLocale
  readonly person: RegisteredPerson
  readonly business: Business | null
  readonly consent: RecordedConsent
  /** Kinds of which there is a document that is kept and has not expired. */
  readonly givenDocuments: readonly DocumentKind[]
  readonly dossier: Dossier
  /** Of the card that was photographed last; null: nobody sent them. */
  readonly cardLines: CardLines | null
  readonly documents: DocumentFacts
  readonly alias: string
  /** False: alias and phone lead to no name (`hideAlias`). */
  readonly isFindable: boolean
  readonly accountId: string | null
  readonly finding: RegistryFinding | null
  readonly flags: readonly Flag[]
  /** A case about this person must be decided first: until then it only holds what it has. */
  readonly isHeld: boolean
  readonly review: Review | null
  readonly notice: Notice | null
  /** What it must give by a day, while it is active. */
  readonly demands: readonly Demand[]
  readonly erasure: Erasure | null
  /** Counts edits and decisions. */
  readonly revision: number
  /** Version of the country's policy that the last decision was made under. */
  readonly policyVersion: string
  readonly externalId: string | null
  readonly metadata: Readonly<Record<string, string>>
  readonly createdAt: Date
}

/** What of a registration is about the person: stored only sealed, under the person's key. */
export type PersonalPart = Pick<
  Registration,
  'phone' | 'person' | 'externalId' | 'metadata' | 'notice' | 'dossier' | 'cardLines'
>

/** What of a registration is nobody's secret: what a code or an alias shows, where it stands, what it may do. */
export type PublicRegistration = Omit<Registration, keyof PersonalPart | 'documents'>
