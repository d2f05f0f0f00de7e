import { evidenceOfDocuments } from './given-documents.ts'
import type { Evidence } from './policy/policy.ts'
import { fullName, type Registration } from './registration.ts'

/** The evidence that a registration has given, by fields or by documents. */
export function evidenceOf(registration: Registration): ReadonlySet<Evidence> {
  const { phoneConfirmation, person, consent, dossier, givenDocuments } = registration
  const given: readonly [Evidence, boolean][] = [
    ['phoneVerification', phoneConfirmation !== null],
    ['name', fullName(person) !== null],
    ['document', person.document !== null],
    ['birthDate', person.dateOfBirth !== null],
    ['consent', consent.version !== ''],
    ['address', dossier.address !== null],
    ['taxId', dossier.taxId !== null],
    ['businessRegistration', dossier.businessRegistration !== null],
    ['beneficialOwners', dossier.beneficialOwners.length > 0],
  ]
  return new Set([...given.filter(([, has]) => has).map(([item]) => item), ...evidenceOfDocuments(givenDocuments)])
}
