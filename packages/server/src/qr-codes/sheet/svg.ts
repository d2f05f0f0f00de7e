import { layOut, PAGE } from './layout.ts'
import { helvetica } from './pdf.ts'
import type { Sheet } from './sheet.ts'

/** The sheet as SVG of the size of A5, for print shops and browsers. */
export function sheetSvg(sheet: Sheet): string {
  const { lines, runs } = layOut(sheet, helvetica())
  const texts = lines.map(
    ({ text, y, size, bold, colour, width }) =>
      `<text x="${PAGE.width / 2}" y="${round(y)}" font-size="${size}"${bold ? ' font-weight="bold"' : ''} fill="${colour}" textLength="${round(width)}" lengthAdjust="spacingAndGlyphs">${escaped(text)}</text>`,
  )
  const path = runs
    .map(({ x, y, width, height }) => `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`)
    .join('')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="148mm" height="210mm" viewBox="0 0 ${PAGE.width} ${PAGE.height}" lang="${sheet.language}">`,
    `<title>${escaped(sheet.name)}</title>`,
    '<path fill="#fff" d="M0 0h420v596H0z"/>',
    `<g font-family="Helvetica, Arial, 'Liberation Sans', sans-serif" text-anchor="middle">${texts.join('')}</g>`,
    `<path d="${path}"/></svg>`,
  ].join('\n')
}

/** A hundredth of a point is a three-hundredth of a millimetre. */
const round = (points: number): string => points.toFixed(2)

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
