import type { PersonKey } from '../platform/personal-data/person-key.ts'
import type { PersonalData } from '../platform/personal-data/personal-data.ts'
import { EMPTY_DOSSIER } from './dossier.ts'
import type { PersonalPart, Registration } from './registration.ts'
import type { SealedRegistration } from './rows.ts'

const PURPOSE = 'registration'

/** What is left of a person who was erased. */
export const NOTHING_PERSONAL: PersonalPart = {
  phone: '',
  person: { givenNames: null, familyNames: null, dateOfBirth: null, document: null },
  externalId: null,
  metadata: {},
  notice: null,
  dossier: EMPTY_DOSSIER,
}

/** A registration as it is written. */
export function sealRegistration(
  personalData: PersonalData,
  key: PersonKey,
  { phone, person, externalId, metadata, notice, dossier, documents: _, ...open }: Registration,
): SealedRegistration {
  const personal: PersonalPart = { phone, person, externalId, metadata, notice, dossier }
  return {
    ...open,
    sealed: sealPart(key, personal),
    externalIdIndex: externalId && personalData.blindIndex(key.tenantId, 'externalId', externalId),
  }
}

export const sealPart = (key: PersonKey, part: PersonalPart): Uint8Array => key.sealJson(PURPOSE, part)

/** @throws {NotOpened} */
export const openPart = (key: PersonKey, sealed: Uint8Array): PersonalPart => ({
  dossier: EMPTY_DOSSIER, // what was sealed before there was one
  ...key.openJson<Omit<PersonalPart, 'dossier'> & Partial<Pick<PersonalPart, 'dossier'>>>(PURPOSE, sealed),
})
