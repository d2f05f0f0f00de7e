import type { DocumentKind } from '@pisto/contract'
import type { Evidence } from './policy/policy.ts'

/** Evidence that documents give, each with the kinds that it takes, all of them (docs/guides/documents.md). */
const TAKES = {
  documentImage: ['identityFront', 'identityBack'],
  address: ['proofOfAddress'],
  businessRegistration: ['businessRegistration'],
  taxId: ['taxCertificate'],
  beneficialOwners: ['beneficialOwners'],
} as const satisfies Partial<Record<Evidence, readonly DocumentKind[]>>

type DocumentEvidence = keyof typeof TAKES

const NAMES = Object.keys(TAKES) as DocumentEvidence[]
const takes = (name: DocumentEvidence): readonly DocumentKind[] => TAKES[name]

/** The evidence that somebody has given by documents of these kinds. */
export const evidenceOfDocuments = (kinds: readonly DocumentKind[]): readonly Evidence[] =>
  NAMES.filter((name) => takes(name).every((kind) => kinds.includes(kind)))

/** What counts as mended when a document of that kind is given again. */
export const mendedByDocument = (kind: DocumentKind): ReadonlySet<string> =>
  new Set(NAMES.filter((name) => takes(name).includes(kind)))
