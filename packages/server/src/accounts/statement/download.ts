import type { Call } from '../../platform/http/call.ts'
import type { Download } from '../../platform/http/download.ts'
import { statementCamt053 } from './camt053.ts'
import { statementCsv } from './csv.ts'
import { statementJson } from './json.ts'
import { statementPdf } from './pdf.ts'
import { requirePrintable } from './pdf-limit.ts'
import { fileNameOf, openAccountStatement, type StatementDeps } from './statement.ts'

/** What a statement is asked for as. */
export interface AskedStatement {
  readonly from?: string
  readonly to?: string
  readonly format?: 'json' | 'csv' | 'pdf' | 'camt053'
}

/**
 * An account's statement, written in the form that was asked for while it is read.
 *
 * @throws {NotFound} `account_not_found`
 * @throws {PistoProblem} `request_invalid`: these are no days, or too many entries for a PDF
 */
export async function downloadStatement(
  deps: StatementDeps,
  call: Call,
  accountId: string,
  { format = 'json', from, to }: AskedStatement,
): Promise<Download> {
  const statement = await openAccountStatement(deps, call, accountId, { from, to })
  const { language } = statement
  const name = fileNameOf(statement)
  switch (format) {
    case 'json':
      return { format, pieces: statementJson(statement) }
    case 'csv':
      return { format, language, fileName: `${name}.csv`, pieces: statementCsv(statement) }
    case 'pdf':
      requirePrintable(statement.frame)
      return { format, language, fileName: `${name}.pdf`, pieces: statementPdf(statement) }
    case 'camt053':
      return { format, fileName: `${name}.xml`, pieces: statementCamt053(statement) }
  }
}
