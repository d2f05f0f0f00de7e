/** Text of a person, which a spreadsheet must not take for a formula; or what we have written ourselves. */
export type CsvCell = { readonly text: string } | { readonly own: string }

/** So that a spreadsheet reads the file as UTF-8. @see https://www.unicode.org/faq/utf_bom.html#bom5 */
export const BYTE_ORDER_MARK = '\ufeff'

/** @see RFC 4180 section 2 */
export const csvLine = (cells: readonly CsvCell[]): string =>
  `${cells.map((cell) => quoted('own' in cell ? cell.own : harmless(cell.text))).join(',')}\r\n`

/**
 * A cell that a spreadsheet would run as a formula, made text by an apostrophe in front.
 *
 * @see OWASP, "CSV Injection"; full-width signs are formulas to spreadsheets in some languages
 */
const harmless = (cell: string): string =>
  /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(cell) ? `'${cell}` : cell

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
