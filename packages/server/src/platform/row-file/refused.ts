/** Why a file is not read, by name: English, Spanish. */
const TEXTS = {
  file_empty: ['There are no rows in it', 'No tiene filas'],
  file_archive: [
    'It is an archive or compressed: send the file inside',
    'Es un archivo comprimido: envíe el archivo que está adentro',
  ],
  file_spreadsheet: [
    'It is a workbook: save it as “CSV UTF-8” and send that',
    'Es un libro de hojas de cálculo: guárdelo como «CSV UTF-8» y envíe ese archivo',
  ],
  file_xml: [
    'It is XML or HTML, which is not read: save it as “CSV UTF-8”',
    'Es XML o HTML y no se lee: guárdelo como «CSV UTF-8»',
  ],
  file_binary: ['It holds a NUL byte: it is no text', 'Tiene un byte NUL: no es texto'],
  file_encoding: [
    'It is not in the encoding it should be in: save it as “CSV UTF-8”, or say which encoding it is in',
    'No está en la codificación debida: guárdelo como «CSV UTF-8» o indique su codificación',
  ],
  file_too_large: ['It is larger than an import may be', 'Es más grande de lo que puede ser una importación'],
  csv_malformed: ['A row is no CSV: a quote is missing or misplaced', 'Una fila no es CSV: falta o sobra una comilla'],
  line_too_long: [
    'A row is too long: a quote was not closed, or this is no list of rows',
    'Una fila es demasiado larga: no se cerró una comilla o no es una lista de filas',
  ],
  header_duplicate: ['A column is there twice', 'Una columna está dos veces'],
  header_nameless: ['A column has no name', 'Una columna no tiene nombre'],
  rows_too_many: ['It has more rows than an import may have', 'Tiene más filas de las que puede tener una importación'],
} as const

export type FileReason = keyof typeof TEXTS

/** Where in the file, and what: only what is in no row (`line` counts from 1, `offset` bytes from 0). */
export type FilePlace = Readonly<Record<string, string>>

/** A file that is not read any further: the whole of it is refused, by name. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused'
  readonly reason: FileReason
  readonly place: FilePlace

  constructor(reason: FileReason, place: FilePlace = {}) {
    super(TEXTS[reason][0])
    this.reason = reason
    this.place = place
  }

  get messageEs(): string {
    return TEXTS[this.reason][1]
  }
}
