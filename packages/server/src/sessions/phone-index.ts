import type { PersonalData } from '../platform/personal-data/personal-data.ts'

/** What stands for a phone in the tables of people and members, as in those of registrations. */
export const phoneIndex = (
  { personalData }: { readonly personalData: PersonalData },
  tenantId: string,
  e164: string,
): string => personalData.blindIndex(tenantId, 'phone', e164)
