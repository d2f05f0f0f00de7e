import { BYTE_ORDER_MARK, type CsvCell, csvLine } from '../../platform/csv.ts'
import type { AccountStatement, StatementLine } from './statement.ts'
import { describeEntry, WORDS } from './words.ts'

/**
 * The statement as a table for a spreadsheet: heads in the reader's language, a row for each balance and each entry.
 * Amounts are plain numbers with a point.
 */
export async function* statementCsv(statement: AccountStatement): AsyncGenerator<string, void, undefined> {
  const { language, period, frame } = statement
  const words = WORDS[language]
  const heads = [
    ...[words.date, words.time, words.description, words.reference, words.debit, words.credit, words.balance],
    ...[words.transaction, words.sequence],
  ]
  yield BYTE_ORDER_MARK + csvLine(heads.map(own)) + balanceLine(period.from, words.opening, frame.opening.amount)
  for await (const lines of statement.lines()) {
    yield lines.map((line) => csvLine(cellsOf(line, statement))).join('')
  }
  yield balanceLine(period.to, words.closing, frame.closing.amount)
}

const own = (text: string): CsvCell => ({ own: text })

const balanceLine = (date: string, words: string, balance: string): string =>
  csvLine([date, '', words, '', '', '', balance, '', ''].map(own))

function cellsOf(line: StatementLine, { frame, language }: AccountStatement): CsvCell[] {
  const amount = line.amount.amount
  return [
    own(line.date),
    own(line.localTime),
    { text: describeEntry(line, frame.account.normalSide, language) },
    { text: line.reference ?? '' },
    own(line.direction === 'debit' ? amount : ''),
    own(line.direction === 'credit' ? amount : ''),
    own(line.balanceAfter.amount),
    own(line.transactionId),
    own(String(line.sequence)),
  ]
}
