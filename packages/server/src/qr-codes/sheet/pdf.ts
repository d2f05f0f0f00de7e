import PdfDocument from 'pdfkit'
import { layOut, type Measure, PAGE } from './layout.ts'
import type { Sheet } from './sheet.ts'

const FONTS = { bold: 'Helvetica-Bold', regular: 'Helvetica' } as const

/** The sheet as a PDF of one A5 page. Fonts are those of every reader, the code is drawn as areas: sharp at any size. */
export async function* sheetPdf(sheet: Sheet, createdAt: Date): AsyncGenerator<Uint8Array, void, undefined> {
  const document = newDocument({
    lang: sheet.language,
    info: { Title: sheet.name, Author: sheet.bank, Creator: 'Pisto', Producer: 'Pisto', CreationDate: createdAt },
  })
  const { lines, runs } = layOut(sheet, measureOf(document))
  document.addPage()
  for (const { text, y, size, bold, colour, width } of lines) {
    document
      .font(bold ? FONTS.bold : FONTS.regular)
      .fontSize(size)
      .fillColor(colour)
    document.text(text, (PAGE.width - width) / 2, y, { lineBreak: false, baseline: 'alphabetic' })
  }
  for (const { x, y, width, height } of runs) document.rect(x, y, width, height)
  document.fill('#000000')
  document.end()
  for await (const piece of document) yield piece as Uint8Array
}

/** How wide texts are in Helvetica. Arial and Liberation Sans have the same widths. */
export const helvetica = (): Measure => measureOf(newDocument({}))

const newDocument = (options: PDFKit.PDFDocumentOptions): PDFKit.PDFDocument =>
  new PdfDocument({
    ...{ size: [PAGE.width, PAGE.height], margin: 0, autoFirstPage: false, pdfVersion: '1.7', displayTitle: true },
    ...options,
  })

function measureOf(document: PDFKit.PDFDocument): Measure {
  const widthIn = (font: string) => (text: string, size: number) =>
    document.font(font).fontSize(size).widthOfString(text)
  return { bold: widthIn(FONTS.bold), regular: widthIn(FONTS.regular) }
}
