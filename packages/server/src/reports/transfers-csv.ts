import { localDay } from '@pisto/ledger'
import { type CsvCell, csvLine } from '../platform/csv.ts'
import type { BooksReport } from './books-report.ts'

/** Names of the API's own fields, in every language: programs read this table. */
const HEADS = [
  ...['sequence', 'index', 'date', 'time', 'transactionId', 'purpose', 'kind'],
  ...['debitAccountId', 'debitPurpose', 'creditAccountId', 'creditPurpose', 'amount', 'currency', 'holdId'],
  'references',
]

/** Every transfer as a row, holds and their end too: whoever adds up amounts takes `posted` and `postPending`. */
export async function* transfersCsv({ tenant, journal }: BooksReport): AsyncGenerator<string, void, undefined> {
  yield csvLine(HEADS.map(own))
  for await (const { transactions, accounts } of journal()) {
    const purposeOf = (id: string): string => accounts.get(id)?.purpose ?? ''
    const rows = transactions.flatMap(({ transactionId, sequence, time, purpose, references, transfers }) =>
      transfers.map(({ kind, debit, credit, amount, currency, hold = '' }, index) =>
        csvLine([
          ...[String(sequence), String(index), localDay(time, tenant.timeZone), time.toISOString()].map(own),
          ...[own(transactionId), { text: purpose }, own(kind), own(debit), own(purposeOf(debit))],
          ...[credit, purposeOf(credit), amount, currency, hold].map(own),
          {
            text: Object.entries(references)
              .map(([name, id]) => `${name}=${id}`)
              .join(' '),
          },
        ]),
      ),
    )
    if (rows.length > 0) yield rows.join('')
  }
}

const own = (text: string): CsvCell => ({ own: text })
