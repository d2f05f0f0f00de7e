/** Why a whole file is refused. */
export type ListRefusal =
  | 'archive'
  | 'encoding_wrong'
  | 'file_too_large'
  | 'line_too_long'
  | 'xml_doctype'
  | 'xml_invalid'
  | 'csv_invalid'
  | 'columns_missing'
  | 'format_other'
  | 'too_many_broken'
  | 'empty'

/** A file of a list that is not taken, with the line where it was noticed. */
export class ListRefused extends Error {
  override readonly name = 'ListRefused'
  readonly code: ListRefusal
  /** From 1; undefined: the file as a whole. */
  readonly line: number | undefined

  constructor(code: ListRefusal, message: string, line?: number, options?: ErrorOptions) {
    super(line === undefined ? message : `line ${line}: ${message}`, options)
    this.code = code
    this.line = line
  }
}
