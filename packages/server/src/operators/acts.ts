import { type CompanionRow, isTypeId, type RandomBytes, toUuid } from '@pisto/ledger'
import type { FindKeptTexts } from '../log/openings.ts'
import { commitText, type FreeText } from '../platform/committed-text.ts'
import { insertRows } from '../platform/database/insert-rows.ts'
import type { Call } from '../platform/http/call.ts'
import { operatorOf } from './operator.ts'

interface Act {
  readonly actor: string
  /** Of the client that vouches for the actor. */
  readonly clientId: string
  readonly note: string | null
  readonly salt: Uint8Array | null
}

const insertActs = insertRows<Act>('operator_acts', [
  ['transaction_id', 'uuid', (_, { transactionId }) => toUuid(transactionId, 'txn')],
  ['actor', 'text', ({ actor }) => actor],
  ['client_id', 'text', ({ clientId }) => clientId],
  ['note', 'text', ({ note }) => note],
  ['salt', 'bytea', ({ salt }) => salt],
])

const textOfAct = ({ actor, note }: Pick<Act, 'actor' | 'note'>): FreeText => ({ actor, note })

/** What a plan adds, so that who did it is written down, and a leaf commits to it. */
export function actedBy(
  random: RandomBytes,
  call: Pick<Call, 'clientId'>,
  said: { readonly actor: string; readonly note?: string },
): { readonly commitments: readonly string[]; readonly companion: CompanionRow } {
  const { name: actor, clientId } = operatorOf(call, said.actor)
  const note = said.note ?? null
  const { salt, commitments } = commitText(random, textOfAct({ actor, note }))
  return { commitments, companion: insertActs.row({ actor, clientId, note, salt }) }
}

/** Of the act that a transaction is, if it is one. */
export const findActTexts: FindKeptTexts = async (reader, tenantId, { transactionId }) => {
  if (!isTypeId(transactionId, 'txn')) return []
  const rows = await reader.query<Pick<Act, 'actor' | 'note' | 'salt'>>(
    'select actor, note, salt from operator_acts where tenant_id = $1 and transaction_id = $2',
    [toUuid(tenantId, 'ten'), toUuid(transactionId, 'txn')],
  )
  return rows.map(({ salt, ...act }) => ({ salt, text: textOfAct(act) }))
}
