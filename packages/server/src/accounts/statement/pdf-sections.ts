import { encodeBase64 } from '@pisto/proof'
import { LEFT, RIGHT } from './pdf-layout.ts'
import { ACCENT, GREY, PALE, type PdfPen, WARNING } from './pdf-pen.ts'
import { drawClosingRow } from './pdf-table.ts'
import { inWords, longDay, shortDay } from './printed.ts'
import type { AccountStatement } from './statement.ts'
import { accountTitle, sidesOf, WORDS } from './words.ts'

const WIDTH = RIGHT - LEFT

/** Whose statement it is, of which days, and what it comes to. */
export function drawFirstHead(pen: PdfPen, statement: AccountStatement): void {
  const { institution, language, livemode } = statement
  const words = WORDS[language]
  pen.text(institution.name, LEFT, 52, { size: 13, bold: true, width: 290 })
  pen.right(words.title, RIGHT, 48, { size: 19, bold: true, colour: ACCENT, width: 220 })
  if (!livemode) pen.text(words.playMoney, LEFT, 72, { size: 8, bold: true, colour: WARNING })
  pen.line(LEFT, RIGHT, 90, ACCENT, 1.5)
  drawParties(pen, statement, 106)
  drawSummary(pen, statement, 196)
}

function drawParties(pen: PdfPen, statement: AccountStatement, y: number): void {
  const { institution, language, frame, ownerName, period, createdAt } = statement
  const { account } = frame
  const words = WORDS[language]
  const label = { size: 8, colour: GREY }
  pen.text(ownerName === null ? words.account : words.holder, LEFT, y, label)
  pen.text(ownerName ?? accountTitle(account.purpose, language), LEFT, y + 12, { size: 13, bold: true, width: 270 })
  if (ownerName !== null) pen.text(accountTitle(account.purpose, language), LEFT, y + 34, { size: 9.5 })
  pen.text(account.accountId, LEFT, y + 49, { size: 8.5, colour: GREY })

  const [label2, value2] = [LEFT + 300, LEFT + 362]
  const issued = Temporal.Instant.fromEpochMilliseconds(createdAt.getTime()).toZonedDateTimeISO(institution.timeZone)
  const issuedAt = `${shortDay(issued.toPlainDate().toString(), language)} ${issued.toPlainTime().toString({ smallestUnit: 'minute' })}`
  const facts = [
    [words.from, longDay(period.from, language)],
    [words.to, longDay(period.to, language)],
    [words.currency, account.currency],
    [words.issued, issuedAt],
  ] as const
  for (const [at, [name, value]] of facts.entries()) {
    pen.text(name, label2, y + 2 + at * 17, label)
    pen.text(value, value2, y + 1 + at * 17, { size: 9.5, width: RIGHT - value2 })
  }
}

/** Four figures: what was there, what came, what went, what is there. */
function drawSummary(pen: PdfPen, { language, frame }: AccountStatement, y: number): void {
  const words = WORDS[language]
  const { leaving, arriving } = sidesOf(frame.account, language)
  const [into, out] =
    frame.account.normalSide === 'credit' ? [frame.credits, frame.debits] : [frame.debits, frame.credits]
  const figures = [
    { name: words.opening, amount: frame.opening, note: '' },
    { name: arriving, amount: into.amount, note: words.entries(into.count) },
    { name: leaving, amount: out.amount, note: words.entries(out.count) },
    { name: words.closing, amount: frame.closing, note: '', isStrong: true },
  ]
  const [gap, width] = [8, (WIDTH - 3 * 8) / 4]
  for (const [at, { name, amount, note, isStrong = false }] of figures.entries()) {
    const x = LEFT + at * (width + gap)
    const [colour, grey] = isStrong ? ['#ffffff', '#d6ebec'] : [undefined, GREY]
    pen.box(x, y, width, 60, isStrong ? ACCENT : PALE)
    pen.text(name, x + 10, y + 10, { size: 8, colour: grey, width: width - 20 })
    pen.right(inWords(amount, language), x + width - 10, y + 24, {
      ...{ size: 14, bold: true, width: width - 20 },
      ...(colour !== undefined && { colour }),
    })
    pen.right(note, x + width - 10, y + 44, { size: 7.5, colour: grey, width: width - 20 })
  }
}

/** On every further page: whose it is, again. */
export function drawNextHead(pen: PdfPen, { institution, language, ownerName, frame, period }: AccountStatement): void {
  const whose = ownerName ?? accountTitle(frame.account.purpose, language)
  const days = `${shortDay(period.from, language)} – ${shortDay(period.to, language)}`
  pen.text(institution.name, LEFT, 50, { size: 10, bold: true, width: 290 })
  pen.right(WORDS[language].title, RIGHT, 50, { size: 10, bold: true, colour: ACCENT, width: 200 })
  pen.text(whose, LEFT, 64, { size: 8.5, colour: GREY, width: 290 })
  pen.right(days, RIGHT, 64, { size: 8.5, colour: GREY, width: 200 })
  pen.line(LEFT, RIGHT, 82, ACCENT, 1.5)
}

/** The closing balance, what of it is held, and how to check all of it. @param top Where the rows end. */
export function drawClosing(pen: PdfPen, statement: AccountStatement, top: number): void {
  const { language, frame, checkpoint } = statement
  const words = WORDS[language]
  let y = drawClosingRow(pen, statement, top)
  if (frame.closingAvailable.amount !== frame.closing.amount) {
    const available = `${words.available}: ${inWords(frame.closingAvailable, language)}`
    pen.right(available, RIGHT - 6, y, { size: 8.5, colour: GREY, width: 300 })
  }
  y += 18
  if (checkpoint === null) return
  pen.box(LEFT, y, WIDTH, 88, PALE)
  pen.text(words.check, LEFT + 10, y + 9, { size: 8.5, bold: true })
  pen.paragraph(words.howToCheck, LEFT + 10, y + 22, { size: 8, colour: GREY, width: WIDTH - 20 })
  const { after, through } = frame.range
  const facts = [
    `${words.log}: ${checkpoint.origin}`,
    `${words.size}: ${checkpoint.size}   ·   ${words.transactions(after + 1, through)}`,
    `${words.root}: ${encodeBase64(checkpoint.root)}`,
  ]
  for (const [at, fact] of facts.entries()) {
    pen.text(fact, LEFT + 10, y + 48 + at * 11.5, { size: 8, width: WIDTH - 20 })
  }
}
