import { type Queryable, toTypeId } from '@pisto/ledger'
import { compareText } from '../payments/books/compare-text.ts'
import { differences } from '../payments/books/leaf.ts'
import { type TableCheck, tableCheck } from '../payments/books/table-check.ts'
import type { PersonKey } from '../platform/personal-data/person-key.ts'
import type { PersonalData } from '../platform/personal-data/personal-data.ts'
import { NotOpened } from '../platform/personal-data/sealed-box.ts'
import { openContent } from './decision-content.ts'
import { openNote, type PlacedDecision, purposeOf, readDecisions, textOfDecision } from './decisions.ts'

interface CheckedDecision extends PlacedDecision {
  /** `sealed`: there is no key here, or the person was erased. `broken`: the key is here, and does not open it. */
  readonly text: 'whole' | 'sealed' | 'broken'
  /** Is what the operator saw what was kept? True where there is no key here, or nothing was kept. */
  readonly isContentKept: boolean
}

/**
 * Holds what operators decided against the log: who, why and what they saw are what the leaf has a commitment to. That
 * needs the note: where nothing opens it, the text of a decision with a note is not compared.
 *
 * @param personalData Opens the notes.
 */
export const decisionsCheck = (personalData: PersonalData | undefined): TableCheck =>
  tableCheck<CheckedDecision>({
    table: 'registration_decisions',
    prefix: 'dec',
    idsOf: ({ references }) => [references['decisionId']],
    async read(db, where, values) {
      const decisions = await readDecisions(db, where, values)
      const keys = await keysFor(personalData, db, String(values[0]), decisions)
      return decisions.map((decision) => withNote(decision, keys.get(decision.registration.id)))
    },
    compare: ({ id, transactionId, registration, documentId, action }, leaf) =>
      differences(
        {
          transaction: transactionId,
          decision: id,
          [registration.kind]: registration.id,
          ...(documentId && { document: documentId }),
          purpose: purposeOf({ action, registration }),
        },
        {
          transaction: leaf.id,
          decision: leaf.references['decisionId'],
          [registration.kind]: leaf.references[`${registration.kind}Id`],
          ...(documentId && { document: leaf.references['documentId'] }),
          purpose: leaf.purpose,
        },
      ),
    compareMade(decision, leaf) {
      if (!decision.isContentKept) return ['what the operator saw is not what was kept']
      if (decision.text === 'sealed') return []
      if (decision.text === 'broken') return ['the note is not the one that was sealed']
      return compareText(decision.salt, textOfDecision(decision), leaf)
    },
  })

/** @param tenant Uuid. */
async function keysFor(
  personalData: PersonalData | undefined,
  reader: Queryable,
  tenant: string,
  decisions: readonly PlacedDecision[],
): Promise<ReadonlyMap<string, PersonKey>> {
  if (personalData === undefined) return new Map()
  const noted = decisions.filter(({ sealedNote, content }) => sealedNote !== null || content !== null)
  return personalData.keysOf(
    reader,
    toTypeId('ten', tenant),
    noted.map(({ registration }) => registration.id),
  )
}

function withNote(decision: PlacedDecision, key: PersonKey | undefined): CheckedDecision {
  const { id, content } = decision
  const isContentKept = key === undefined || content === null || openContent(key, id, content) !== undefined
  const checked = { ...decision, isContentKept }
  if (decision.sealedNote === null) return { ...checked, text: 'whole' }
  if (key === undefined) return { ...checked, text: 'sealed' }
  try {
    return { ...checked, note: openNote(key, decision), text: 'whole' }
  } catch (error) {
    if (error instanceof NotOpened) return { ...checked, text: 'broken' }
    throw error
  }
}
