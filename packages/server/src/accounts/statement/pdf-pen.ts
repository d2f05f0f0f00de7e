import PdfDocument from 'pdfkit'
import { fitted, printable } from './pdf-text.ts'

export const INK = '#1b2a38'
export const GREY = '#5d6b78'
export const FAINT = '#dde3e8'
export const PALE = '#f2f6f7'
export const ACCENT = '#0b6b72'
export const WARNING = '#b3261e'

/** How a text looks. */
export interface Look {
  readonly size?: number
  readonly bold?: boolean
  readonly colour?: string
}

const SMALLEST = 5

/** Draws texts and lines at given places of a PDF's pages, each text on one line. Fonts are those of every reader. */
export class PdfPen {
  readonly #document: PDFKit.PDFDocument

  constructor(information: { title: string; author: string; language: string; createdAt: Date }) {
    this.#document = new PdfDocument({
      ...{ size: 'A4', margin: 0, autoFirstPage: false, pdfVersion: '1.7', displayTitle: true },
      lang: information.language,
      info: {
        Title: printable(information.title),
        Author: printable(information.author),
        Creator: 'Pisto',
        Producer: 'Pisto',
        CreationDate: information.createdAt,
      },
    })
  }

  addPage(): void {
    this.#document.addPage()
  }

  /** At the left edge `x`; with a width, as much as fits. */
  text(text: string, x: number, y: number, { width, ...look }: Look & { readonly width?: number } = {}): void {
    this.#dress(look)
    const shown = printable(text)
    const line = width === undefined ? shown : fitted(shown, width, (part) => this.#document.widthOfString(part))
    this.#document.text(line, x, y, { lineBreak: false })
  }

  /** At the right edge `x`, whole: in smaller letters where it is wider than `width`. For amounts. */
  right(text: string, x: number, y: number, { width, size = 9, ...look }: Look & { readonly width: number }): void {
    const shown = printable(text)
    this.#dress({ ...look, size })
    const natural = this.#document.widthOfString(shown)
    const fitting = natural <= width ? size : Math.max(SMALLEST, (size * width) / natural)
    this.#dress({ ...look, size: fitting })
    const left = x - this.#document.widthOfString(shown)
    this.#document.text(shown, left, y + (size - fitting) * 0.7, { lineBreak: false })
  }

  /** Several lines, broken where they must. */
  paragraph(text: string, x: number, y: number, { width, ...look }: Look & { readonly width: number }): void {
    this.#dress(look)
    this.#document.text(printable(text), x, y, { width, lineGap: 1.5 })
  }

  line(fromX: number, toX: number, y: number, colour: string, width = 0.5): void {
    this.#document.moveTo(fromX, y).lineTo(toX, y).lineWidth(width).strokeColor(colour).stroke()
  }

  box(x: number, y: number, width: number, height: number, colour: string): void {
    this.#document.roundedRect(x, y, width, height, 4).fill(colour)
  }

  /** What has been written until now and not been taken yet. */
  *taken(): Generator<Uint8Array, void, undefined> {
    for (let piece = this.#read(); piece !== null; piece = this.#read()) yield piece
  }

  /** Ends the document. @returns The rest of it. */
  async *rest(): AsyncGenerator<Uint8Array, void, undefined> {
    this.#document.end()
    for await (const piece of this.#document) yield piece as Uint8Array
  }

  readonly #read = (): Uint8Array | null => this.#document.read() as Uint8Array | null

  #dress({ size = 9, bold = false, colour = INK }: Look): void {
    this.#document
      .font(bold ? 'Helvetica-Bold' : 'Helvetica')
      .fontSize(size)
      .fillColor(colour)
  }
}
