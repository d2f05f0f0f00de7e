import type { CreateDocument } from '@pisto/contract'
import { type CompanionRow, localDay, type Queryable } from '@pisto/ledger'
import type { Call } from '../platform/http/call.ts'
import type { PersonalData } from '../platform/personal-data/personal-data.ts'
import { readCard, withCardRead } from '../registrations/card-lines.ts'
import type { Kind } from '../registrations/kinds.ts'
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
  /** What commits with the document: the lines, and the flag, or that there is none any more. */
  readonly companions: readonly CompanionRow[]
}

const NO_LINES: ReadLines = { expiresOn: undefined, companions: [] }

/**
 * Compares the machine-readable lines that came with a document with what its person typed: which part differs is a flag
 * of the registration, and the expiry is the document's. The lines are kept, sealed with the registration: whoever types
 * later, or anew, is compared with them then.
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
  const today = localDay(now, tenant.timeZone)
  const to = withCardRead({ ...from, cardLines: { mrz, expiresOn: expiresOn ?? null } }, today)
  const isSame = JSON.stringify([from.cardLines, from.flags]) === JSON.stringify([to.cardLines, to.flags])
  return {
    expiresOn: readCard(to, today)?.expiresOn ?? undefined,
    companions: isSame ? [] : [await editing(deps, reader, tenantId, { from, to })],
  }
}

/** Sides of a card: what its lines say of the last day is theirs. */
export const isCard = (kind: CreateDocument['kind']): boolean => kind === 'identityFront' || kind === 'identityBack'
