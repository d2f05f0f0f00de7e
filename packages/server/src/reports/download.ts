import type { CreateReport } from '@pisto/contract'
import type { Call } from '../platform/http/call.ts'
import type { Download } from '../platform/http/download.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { beancountFile } from './beancount.ts'
import { type BooksReport, openBooksReport } from './books-report.ts'
import { hledgerJournal } from './hledger.ts'
import { transfersCsv } from './transfers-csv.ts'

export type ReportDeps = Pick<Runtime, 'ledger' | 'clock'>

const FORMS: Readonly<
  Record<CreateReport['format'], { readonly ending: string; write(report: BooksReport): AsyncIterable<string> }>
> = {
  csv: { ending: 'csv', write: transfersCsv },
  hledger: { ending: 'journal', write: hledgerJournal },
  beancount: { ending: 'beancount', write: beancountFile },
}

/** The tenant's books of some local days, written in the form that was asked for while they are read. */
export async function downloadReport(
  { ledger, clock }: ReportDeps,
  { tenant }: Call,
  { format, ...days }: CreateReport,
): Promise<Download> {
  const report = await openBooksReport(ledger, tenant, days, clock.now())
  const { ending, write } = FORMS[format]
  const { from, to } = report.period
  return { format, fileName: `${tenant.code}-${from}-${to}.${ending}`, pieces: write(report) }
}
