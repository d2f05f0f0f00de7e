import { createHash } from 'node:crypto'
import type { Currency } from '@pisto/money/currencies'
import { formatMinor, parseMinor } from '@pisto/money/text'
import { encodeBase64 } from '@pisto/proof'
import XmlBuilder from 'fast-xml-builder'
import type { AccountStatement, StatementLine } from './statement.ts'
import { accountTitle, describeEntry } from './words.ts'

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.08'

/** An element's content: text, attributes (`@name`), or elements in the order that the message prescribes. */
type Xml = string | undefined | { readonly [name: string]: Xml | readonly Xml[] }

const builder = new XmlBuilder({
  ...{ format: true, indentBy: ' ', ignoreAttributes: false, attributeNamePrefix: '@', textNodeName: '#text' },
  suppressEmptyNode: false,
})

/**
 * The statement as ISO 20022 BankToCustomerStatement: one message with one statement, written entry by entry. Credit
 * and debit are those of the account as the institution keeps it: money that comes into a wallet is `CRDT`.
 *
 * @see ISO 20022 message definition camt.053.001.08
 */
export async function* statementCamt053(statement: AccountStatement): AsyncGenerator<string, void, undefined> {
  const { createdAt, institution, frame, checkpoint } = statement
  const header = { MsgId: messageId(statement), CreDtTm: createdAt.toISOString() }
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="${NAMESPACE}">\n<BkToCstmrStmt>\n`
  yield `${build({ GrpHdr: header })}<Stmt>\n${build(headOf(statement))}`
  for await (const lines of statement.lines()) {
    yield build({ Ntry: lines.map((line) => entryOf(line, statement)) })
  }
  const proof = checkpoint && `${checkpoint.origin} ${checkpoint.size} ${encodeBase64(checkpoint.root)}`
  const about = `${institution.code}: transactions ${frame.range.after + 1} to ${frame.range.through}`
  yield build({ AddtlStmtInf: text(proof === null ? about : `${about}; log checkpoint ${proof}`, 500) })
  yield '</Stmt>\n</BkToCstmrStmt>\n</Document>\n'
}

const build = (elements: { readonly [name: string]: Xml | readonly Xml[] }): string => builder.build(elements)

function headOf(statement: AccountStatement) {
  const { period, frame, ownerName, institution, createdAt } = statement
  const { account } = frame
  const [opening, closing, available] = [frame.opening, frame.closing, frame.closingAvailable].map(({ amount }) =>
    signed(amount, statement),
  )
  return {
    Id: statementId(statement),
    ElctrncSeqNb: String(frame.range.through),
    CreDtTm: createdAt.toISOString(),
    FrToDt: periodOf(statement),
    Acct: {
      Id: { Othr: { Id: account.accountId } },
      Ccy: account.currency,
      Nm: text(accountTitle(account.purpose, 'en'), 70),
      Ownr: ownerName === null ? undefined : { Nm: text(ownerName, 140) },
      Svcr: { FinInstnId: { Nm: text(institution.name, 140) } },
    },
    Bal: [
      balance('OPBD', opening, period.from, account.currency),
      balance('CLBD', closing, period.to, account.currency),
      balance('CLAV', available, period.to, account.currency),
    ],
    TxsSummry: summaryOf(statement),
  }
}

/** Whole days, in local time; one that is not over is reported until now. */
function periodOf({ period, institution, createdAt }: AccountStatement) {
  const last = Math.max(period.start.getTime(), Math.min(period.end.getTime() - 1, createdAt.getTime()))
  const local = (timeMs: number): string =>
    Temporal.Instant.fromEpochMilliseconds(timeMs).toString({ timeZone: institution.timeZone })
  return { FrDtTm: local(period.start.getTime()), ToDtTm: local(last) }
}

/** Credits less debits, in minor units: what the account holds for its owner. */
function signed(amount: string, { frame }: AccountStatement): bigint {
  const minor = parseMinor(amount, frame.account.currency as Currency)
  return frame.account.normalSide === 'credit' ? minor : -minor
}

/** Amounts have no sign in this message: an indicator says on which side they stand. Zero stands on the credit side. */
const directed = (
  minor: bigint,
  currency: string,
  asAmount: (text: string) => Xml,
): { Amt: Xml; CdtDbtInd: string } => ({
  Amt: asAmount(formatMinor(minor < 0n ? -minor : minor, currency as Currency)),
  CdtDbtInd: minor < 0n ? 'DBIT' : 'CRDT',
})

const balance = (code: string, minor = 0n, day: string, currency: string) => ({
  Tp: { CdOrPrtry: { Cd: code } },
  ...directed(minor, currency, (amount) => money(amount, currency)),
  Dt: { Dt: day },
})

const money = (amount: string, currency: string) => ({ '@Ccy': currency, '#text': amount })

function summaryOf({ frame: { account, debits, credits } }: AccountStatement) {
  const currency = account.currency as Currency
  const [debited, credited] = [debits, credits].map(({ amount }) => parseMinor(amount.amount, currency)) as [
    bigint,
    bigint,
  ]
  return {
    TtlNtries: {
      NbOfNtries: String(debits.count + credits.count),
      Sum: formatMinor(debited + credited, currency),
      TtlNetNtry: directed(credited - debited, currency, (amount) => amount),
    },
    TtlCdtNtries: { NbOfNtries: String(credits.count), Sum: credits.amount.amount },
    TtlDbtNtries: { NbOfNtries: String(debits.count), Sum: debits.amount.amount },
  }
}

function entryOf(line: StatementLine, { frame: { account } }: AccountStatement) {
  const isCredit = line.direction === 'credit'
  const purpose = text(line.purpose, 35)
  return {
    NtryRef: `${line.sequence}.${line.index}`,
    Amt: money(line.amount.amount, account.currency),
    CdtDbtInd: isCredit ? 'CRDT' : 'DBIT',
    Sts: { Cd: 'BOOK' },
    BookgDt: { Dt: line.date },
    ValDt: { Dt: line.date },
    AcctSvcrRef: line.transactionId,
    BkTxCd: {
      Domn: { Cd: 'PMNT', Fmly: { Cd: isCredit ? 'RCDT' : 'ICDT', SubFmlyCd: 'BOOK' } },
      Prtry: { Cd: purpose, Issr: 'Pisto' },
    },
    NtryDtls: { TxDtls: detailsOf(line, account.currency) },
    AddtlNtryInf: text(describeEntry(line, account.normalSide, 'en'), 500),
  }
}

function detailsOf(line: StatementLine, currency: string) {
  const { paymentId, ...others } = line.references
  return {
    Refs: {
      AcctSvcrRef: line.transactionId,
      EndToEndId: paymentId && text(paymentId, 35),
      Prtry: Object.entries(others).map(([name, id]) => ({ Tp: text(name, 35), Ref: text(id, 35) })),
    },
    Amt: money(line.amount.amount, currency),
    CdtDbtInd: line.direction === 'credit' ? 'CRDT' : 'DBIT',
    RmtInf: line.reference === null ? undefined : { Ustrd: text(line.reference, 140) },
  }
}

/** What XML and the message's text types can hold; both count characters, not bytes. @see XML 1.0 section 2.2 */
const text = (value: string, maxLength: number): string =>
  [...value.replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd')]
    .slice(0, maxLength)
    .join('')

/** The same days of the same books have the same id. At most 35 characters: days, and a hash of the rest. */
function statementId({ period, frame }: AccountStatement): string {
  const hash = hashOf(frame.account.accountId, period.from, period.to, frame.range.through)
  return `${compact(period.from)}-${compact(period.to)}-${hash.slice(0, 16)}`
}

const messageId = (statement: AccountStatement): string =>
  `MSG-${hashOf(statementId(statement), statement.createdAt.toISOString()).slice(0, 24)}`

const compact = (day: string): string => day.replaceAll('-', '')

const hashOf = (...parts: readonly (string | number)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex')
