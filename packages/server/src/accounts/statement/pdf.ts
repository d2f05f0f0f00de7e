import { FOOTER_TOP, LEFT, type PlannedPage, planPages, RIGHT, ROW_HEIGHT } from './pdf-layout.ts'
import { FAINT, GREY, PdfPen } from './pdf-pen.ts'
import { drawClosing, drawFirstHead, drawNextHead } from './pdf-sections.ts'
import { drawEntry, drawOpening, drawTableHead } from './pdf-table.ts'
import type { AccountStatement, StatementLine } from './statement.ts'
import { accountTitle, WORDS } from './words.ts'

/**
 * The statement as a PDF that a shopkeeper understands: A4, in the reader's language, a row for each entry with the
 * balance after it. It is written page by page while the entries are read.
 */
export async function* statementPdf(statement: AccountStatement): AsyncGenerator<Uint8Array, void, undefined> {
  const { frame, language, institution, createdAt } = statement
  const { title } = WORDS[language]
  const pen = new PdfPen({ title, author: institution.name, language, createdAt })
  const pages = planPages(frame.debits.count + frame.credits.count)
  const rows = rowsOf(statement)
  for (const page of pages) {
    pen.addPage()
    const isFirst = page.number === 1
    if (isFirst) drawFirstHead(pen, statement)
    else drawNextHead(pen, statement)
    drawTableHead(pen, statement, page.top)
    const bottom = await drawRows(pen, statement, page, rows)
    if (page.isLast) drawClosing(pen, statement, bottom)
    drawFooter(pen, statement, page.number, pages.length)
    yield* pen.taken()
  }
  yield* pen.rest()
}

type Row = StatementLine | 'opening'

async function* rowsOf(statement: AccountStatement): AsyncGenerator<Row, void, undefined> {
  yield 'opening'
  for await (const lines of statement.lines()) yield* lines
}

/** @returns Where the rows end. */
async function drawRows(
  pen: PdfPen,
  statement: AccountStatement,
  { top, rowCount }: PlannedPage,
  rows: AsyncGenerator<Row, void, undefined>,
): Promise<number> {
  for (let at = 0; at < rowCount; at++) {
    const { value: row } = await rows.next()
    if (row === undefined) throw new Error('the statement has fewer entries than were counted')
    const y = top + at * ROW_HEIGHT
    if (row === 'opening') drawOpening(pen, statement, y)
    else drawEntry(pen, statement, row, y)
  }
  return top + rowCount * ROW_HEIGHT
}

function drawFooter(pen: PdfPen, statement: AccountStatement, number: number, count: number): void {
  const { language, institution, frame } = statement
  const { account } = frame
  pen.line(LEFT, RIGHT, FOOTER_TOP, FAINT)
  const look = { size: 7.5, colour: GREY }
  const whose = `${institution.name} · ${accountTitle(account.purpose, language)} ${account.accountId}`
  pen.text(whose, LEFT, FOOTER_TOP + 8, { ...look, width: 380 })
  pen.right(WORDS[language].page(number, count), RIGHT, FOOTER_TOP + 8, { ...look, width: 120 })
}
