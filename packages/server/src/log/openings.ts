import { NotFound, type Openings, PistoProblem, type Scope } from '@pisto/contract'
import type { Ledger, Queryable, TransactionView } from '@pisto/ledger'
import { encodeBase64 } from '@pisto/proof'
import { commitmentTo, type FreeText } from '../platform/committed-text.ts'
import type { Call } from '../platform/http/call.ts'

/** A text that is kept outside the log, and what opens the commitment to it. */
interface KeptText {
  /** Null: there is no text, or it was erased. */
  readonly salt: Uint8Array | null
  readonly text: FreeText
  /** What a key needs beside `log:read`, where the text is not for everybody who reads the books. */
  readonly scope?: Scope
}

/** Texts of one kind that a transaction may have a commitment to. Those that it has none to do no harm. */
export type FindKeptTexts = (
  reader: Queryable,
  tenantId: string,
  transaction: Pick<TransactionView, 'transactionId' | 'references'>,
) => Promise<readonly KeptText[]>

export interface OpeningDeps {
  readonly db: Queryable
  readonly ledger: {
    readonly findTransaction: Ledger['findTransaction']
    readonly log: Pick<Ledger['log'], 'leaves'>
  }
  /** Where texts are kept: one for each kind. */
  readonly keptTexts: readonly FindKeptTexts[]
}

/**
 * What opens the commitments of a transaction. Each opening is computed against the leaf: a text that was altered, or
 * that another transaction was made with, is not given.
 *
 * @throws {NotFound} `transaction_not_found`
 * @throws {PistoProblem} `scope_missing`: the text is of a case
 */
export async function getLogOpenings(
  { db, ledger, keptTexts }: OpeningDeps,
  { tenantId, scopes }: Pick<Call, 'tenantId' | 'scopes'>,
  id: string,
): Promise<Openings> {
  const transaction = await ledger.findTransaction(tenantId, id)
  if (transaction === undefined) throw new NotFound('transaction_not_found', { id })
  const [[stored], found] = await Promise.all([
    ledger.log.leaves(tenantId, { limit: 1, after: transaction.sequence - 1 }),
    Promise.all(keptTexts.map((find) => find(db, tenantId, transaction))),
  ])
  const commitments = stored ? commitmentsOf(stored.leaf) : []
  const data = found.flat().flatMap(({ salt, text, scope }) => {
    if (salt === null || !commitments.includes(commitmentTo(salt, text))) return []
    if (scope !== undefined && !scopes.has(scope)) throw new PistoProblem('scope_missing', { scope })
    return [{ salt: encodeBase64(salt), record: { ...text } }]
  })
  return { data }
}

const commitmentsOf = (leaf: string): readonly string[] =>
  (JSON.parse(leaf) as { readonly commitments: readonly string[] }).commitments
