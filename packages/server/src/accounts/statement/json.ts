import type { Statement, StatementEntry } from '@pisto/contract'
import { encodeBase64 } from '@pisto/proof'
import type { AccountStatement, StatementLine } from './statement.ts'

/** The statement as JSON, its entries last, page by page. */
export async function* statementJson(statement: AccountStatement): AsyncGenerator<string, void, undefined> {
  yield `${JSON.stringify(headOf(statement)).slice(0, -1)},"entries":[`
  let separator = ''
  for await (const lines of statement.lines()) {
    yield separator + lines.map((line) => JSON.stringify(showLine(line))).join(',')
    separator = ','
  }
  yield ']}'
}

function headOf(statement: AccountStatement): Omit<Statement, 'entries'> {
  const { institution, livemode, period, frame, ownerName, checkpoint, createdAt } = statement
  const { account, range, debits, credits } = frame
  return {
    livemode,
    institution: { id: institution.id, name: institution.name },
    account: {
      id: account.accountId,
      purpose: account.purpose as Statement['account']['purpose'],
      normalSide: account.normalSide,
      currency: account.currency as Statement['account']['currency'],
      ownerId: account.ownerId,
      ownerName,
    },
    from: period.from,
    to: period.to,
    timeZone: institution.timeZone,
    afterSequence: range.after,
    throughSequence: range.through,
    openingBalance: frame.opening as Statement['openingBalance'],
    closingBalance: frame.closing as Statement['closingBalance'],
    closingAvailable: frame.closingAvailable as Statement['closingAvailable'],
    debits: debits as Statement['debits'],
    credits: credits as Statement['credits'],
    checkpoint: checkpoint && {
      origin: checkpoint.origin,
      size: checkpoint.size,
      rootHash: encodeBase64(checkpoint.root),
    },
    createdAt: createdAt.toISOString(),
  }
}

const showLine = (line: StatementLine): StatementEntry => ({
  transactionId: line.transactionId,
  sequence: line.sequence,
  index: line.index,
  date: line.date,
  time: line.time.toISOString(),
  direction: line.direction,
  amount: line.amount as StatementEntry['amount'],
  balanceAfter: line.balanceAfter as StatementEntry['balanceAfter'],
  purpose: line.purpose,
  reference: line.reference,
  references: { ...line.references },
  counterpartyAccountId: line.counterpartyAccountId,
})
