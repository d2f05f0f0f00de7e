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
  cardLines: null,
}

/** A registration as it is written. */
export function sealRegistration(
  personalData: PersonalData,
  key: PersonKey,
  { phone, person, externalId, metadata, notice, dossier, cardLines, documents: _, ...open }: Registration,
): SealedRegistration {
  const personal: PersonalPart = { phone, person, externalId, metadata, notice, dossier, cardLines }
  return {
    ...open,
    sealed: sealPart(key, personal),
    externalIdIndex: externalId && personalData.blindIndex(key.tenantId, 'externalId', externalId),
  }
}

export const sealPart = (key: PersonKey, part: PersonalPart): Uint8Array => key.sealJson(PURPOSE, part)

/** Of what was sealed before there was any. */
const BEFORE: Pick<PersonalPart, 'dossier' | 'cardLines'> = { dossier: EMPTY_DOSSIER, cardLines: null }

/** @throws {NotOpened} */
export const openPart = (key: PersonKey, sealed: Uint8Array): PersonalPart => ({
  ...BEFORE,
  ...key.openJson<Omit<PersonalPart, keyof typeof BEFORE> & Partial<typeof BEFORE>>(PURPOSE, sealed),
})
