import type { CreateDocument } from '@pisto/contract'
import { checkMrz } from '@pisto/identity/mrz'
import { type CompanionRow, localDay, type Queryable } from '@pisto/ledger'
import type { Call } from '../platform/http/call.ts'
import type { PersonalData } from '../platform/personal-data/personal-data.ts'
import { type Flag, withFlag } from '../registrations/flags.ts'
import type { Kind } from '../registrations/kinds.ts'
import { isIdentified } from '../registrations/registration.ts'
import { findRegistration } from '../registrations/store.ts'
import { editing } from '../registrations/writes.ts'

interface Facts {
  readonly mrz: string | undefined
  /** As somebody typed it; undefined: nobody did. */
  readonly expiresOn: string | undefined
  readonly now: Date
}

interface ReadLines {
  /** The last day of the card, ISO 8601; undefined: the lines have none that can be trusted. */
  readonly expiresOn: string | undefined
  /** What commits with the document: the flag, or that there is none any more. */
  readonly companions: readonly CompanionRow[]
}

const NO_LINES: ReadLines = { expiresOn: undefined, companions: [] }

/**
 * Compares the machine-readable lines that came with a document with what its person typed. The lines themselves are
 * personal, and are not kept: which part differs is a flag of the registration, and the expiry is the document's. Of
 * whoever has not typed name, birth date and number yet, nothing is compared and nothing kept.
 */
export async function readLines(
  deps: { readonly personalData: PersonalData },
  reader: Queryable,
  { tenantId, tenant }: Pick<Call, 'tenantId' | 'tenant'>,
  kind: Kind<unknown>,
  registrationId: string,
  { mrz, expiresOn, now }: Facts,
): Promise<ReadLines> {
  const from = mrz === undefined ? undefined : await findRegistration(deps, reader, tenantId, kind.name, registrationId)
  if (mrz === undefined || from === undefined) return NO_LINES
  const { country, person, flags } = from
  if (!isIdentified(person)) return NO_LINES // nothing was typed that they could be compared with
  const { document, ...names } = person
  const typed = { country, documentNumber: document.number, ...names }
  const read = checkMrz(
    mrz,
    { ...typed, ...(expiresOn !== undefined && { expiresOn }) },
    localDay(now, tenant.timeZone),
  )
  const findings = read.findings.map(({ field, code }) => ({ field, code }))
  const flag: Flag = { code: 'mrz_mismatch', how: null, registrationIds: [], findings }
  const next = withFlag(flags, flag.code, findings.length > 0 ? flag : undefined)
  const isSame = JSON.stringify(next) === JSON.stringify(flags)
  return {
    expiresOn: read.expiresOn ?? undefined,
    companions: isSame ? [] : [await editing(deps, reader, tenantId, { from, to: { ...from, flags: next } })],
  }
}

/** Sides of a card: what its lines say of the last day is theirs. */
export const isCard = (kind: CreateDocument['kind']): boolean => kind === 'identityFront' || kind === 'identityBack'
