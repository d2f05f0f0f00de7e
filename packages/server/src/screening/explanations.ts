import type { ScreeningExplanation } from '@pisto/contract'
import { type Explanation, SCREENING_REASONS } from '@pisto/identity/screening'
import type { Queryable } from '@pisto/ledger'
import type { PersonKey } from '../platform/personal-data/person-key.ts'
import { PersonErased } from '../platform/personal-data/personal-data.ts'
import { hexOf } from './lists/list.ts'
import { type Hit, hashAnswer } from './screen-lists.ts'
import type { ScreeningDeps } from './screen-person.ts'
import type { Screening } from './screening.ts'

/** Keeps what the rules of today say of each hit, for when there are others. @returns Null: there is nothing to explain. */
export const sealHits = (key: PersonKey, screeningId: string, hits: readonly Hit[]): Uint8Array | null =>
  hits.length === 0 ? null : key.sealJson(hitsPurpose(screeningId), hits)

const hitsPurpose = (screeningId: string): string => `screening/${screeningId}/hits`

/**
 * The hits of a screening as they were found, words and weights with them, whatever the rules are now.
 *
 * @returns Undefined: the person was erased, they were not kept yet, or they are not what was answered.
 */
export async function openHits(
  { personalData }: Pick<ScreeningDeps, 'personalData'>,
  reader: Queryable,
  tenantId: string,
  { id, person, context, sealedHits, answerHash }: Screening,
): Promise<readonly Hit[] | undefined> {
  if (sealedHits === null) return undefined
  const key = await personalData.keyOf(reader, { tenantId, personId: person.id }).catch((error: unknown) => {
    if (error instanceof PersonErased) return undefined
    throw error
  })
  const hits = key?.openJson<readonly Hit[]>(hitsPurpose(id), sealedHits)
  return hits !== undefined && hashAnswer(context, hits) === hexOf(answerHash) ? hits : undefined
}

/** Rules that have gone may have had reasons that have gone with them. */
const REASONS: Readonly<Record<string, readonly [message: string, messageEs: string]>> = SCREENING_REASONS

export const explained = ({
  kind,
  compared,
  pairs,
  unpaired,
  reasons,
  total,
  threshold,
}: Explanation): ScreeningExplanation => ({
  kind,
  compared: { ...compared },
  pairs: pairs.map((pair) => ({ ...pair })),
  unpaired: {
    query: unpaired.query.map((word) => ({ ...word })),
    entry: unpaired.entry.map((word) => ({ ...word })),
  },
  reasons: reasons.map(({ code, weight }) => {
    const [message, messageEs] = REASONS[code] ?? [code, code]
    return { code, message, messageEs, weight }
  }),
  total,
  threshold,
})
