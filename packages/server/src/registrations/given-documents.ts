import type { DocumentKind } from '@pisto/contract'
import type { LastDays } from './dossier.ts'
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

/**
 * The last day of what gives some evidence: of all its documents the first to end.
 *
 * @param lastDays By kind, of what is kept; a kind that has none lasts.
 * @returns Null: it does not end.
 */
export function lastDayOf(item: Evidence, lastDays: LastDays): string | null {
  const kinds = isDocumentEvidence(item) ? takes(item) : []
  const days = kinds.flatMap((kind) => lastDays[kind] ?? [])
  return days.sort()[0] ?? null
}

const isDocumentEvidence = (item: Evidence): item is DocumentEvidence => Object.hasOwn(TAKES, item)

/** What counts as mended when a document of that kind is given again. */
export const mendedByDocument = (kind: DocumentKind): ReadonlySet<string> =>
  new Set(NAMES.filter((name) => takes(name).includes(kind)))
