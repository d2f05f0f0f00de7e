import { AMOUNT_WIDTH, COLUMNS, LEFT, RIGHT, ROW_HEIGHT } from './pdf-layout.ts'
import { FAINT, GREY, INK, PALE, type PdfPen } from './pdf-pen.ts'
import { inWords, shortDay } from './printed.ts'
import type { AccountStatement, StatementLine } from './statement.ts'
import { describeEntry, sidesOf, WORDS } from './words.ts'

const TEXT_TOP = 5
const DATE = { size: 8.5, colour: GREY } as const

/** @param top Of the rows below it. */
export function drawTableHead(pen: PdfPen, { language, frame }: AccountStatement, top: number): void {
  const words = WORDS[language]
  const { leaving, arriving } = sidesOf(frame.account, language)
  const y = top - 22
  const look = { size: 8, bold: true, colour: GREY }
  pen.box(LEFT, y, RIGHT - LEFT, 20, PALE)
  pen.text(words.date, COLUMNS.date, y + 6, look)
  pen.text(words.description, COLUMNS.description, y + 6, look)
  pen.right(arriving, COLUMNS.in, y + 6, { ...look, width: AMOUNT_WIDTH })
  pen.right(leaving, COLUMNS.out, y + 6, { ...look, width: AMOUNT_WIDTH })
  pen.right(words.balance, COLUMNS.balance, y + 6, { ...look, width: AMOUNT_WIDTH })
}

export function drawOpening(pen: PdfPen, { language, period, frame }: AccountStatement, y: number): void {
  pen.text(shortDay(period.from, language), COLUMNS.date, y + TEXT_TOP, DATE)
  pen.text(WORDS[language].opening, COLUMNS.description, y + TEXT_TOP, { bold: true })
  drawBalance(pen, inWords(frame.opening, language), y)
}

export function drawEntry(pen: PdfPen, { language, frame }: AccountStatement, line: StatementLine, y: number): void {
  const { normalSide } = frame.account
  const what = describeEntry(line, normalSide, language)
  const text = line.reference === null ? what : `${what} · ${line.reference}`
  pen.line(LEFT, RIGHT, y, FAINT)
  pen.text(`${shortDay(line.date, language)}  ${line.localTime}`, COLUMNS.date, y + TEXT_TOP, DATE)
  pen.text(text, COLUMNS.description, y + TEXT_TOP, { width: COLUMNS.in - AMOUNT_WIDTH - COLUMNS.description - 6 })
  const column = line.direction === normalSide ? COLUMNS.in : COLUMNS.out
  pen.right(inWords(line.amount, language), column, y + TEXT_TOP, { width: AMOUNT_WIDTH, colour: INK })
  drawBalance(pen, inWords(line.balanceAfter, language), y)
}

/** @returns Where it ends. */
export function drawClosingRow(pen: PdfPen, { language, period, frame }: AccountStatement, y: number): number {
  pen.line(LEFT, RIGHT, y, INK, 1)
  pen.text(shortDay(period.to, language), COLUMNS.date, y + TEXT_TOP + 1, DATE)
  pen.text(WORDS[language].closing, COLUMNS.description, y + TEXT_TOP + 1, { bold: true })
  pen.right(inWords(frame.closing, language), COLUMNS.balance, y + TEXT_TOP, {
    ...{ width: AMOUNT_WIDTH * 2, size: 11, bold: true },
  })
  return y + ROW_HEIGHT + 4
}

const drawBalance = (pen: PdfPen, amount: string, y: number): void =>
  pen.right(amount, COLUMNS.balance, y + TEXT_TOP, { width: AMOUNT_WIDTH })
