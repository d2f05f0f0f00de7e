import type { DocumentKind } from '@pisto/contract'

/** What documents give, by the names that `requirements` and the policies use. */
export type DocumentEvidence = 'documentImage' | 'address' | 'businessRegistration' | 'taxId' | 'beneficialOwners'

/** Each with the kinds that it takes, all of them. */
const TAKES: Readonly<Record<DocumentEvidence, readonly DocumentKind[]>> = {
  documentImage: ['identityFront', 'identityBack'],
  address: ['proofOfAddress'],
  businessRegistration: ['businessRegistration'],
  taxId: ['taxCertificate'],
  beneficialOwners: ['beneficialOwners'],
}

/** The evidence that somebody has given by documents of these kinds. */
export function evidenceOfDocuments(kinds: ReadonlySet<DocumentKind>): ReadonlySet<DocumentEvidence> {
  const names = Object.keys(TAKES) as DocumentEvidence[]
  return new Set(names.filter((name) => TAKES[name].every((kind) => kinds.has(kind))))
}
