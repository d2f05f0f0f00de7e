import { SaxesParser } from 'saxes'
import { decodeText } from './decode-text.ts'
import type { Chunks } from './list-item.ts'
import { ListRefused } from './list-refused.ts'

/** An element with what is in it. */
export class XmlElement {
  readonly name: string
  readonly #children = new Map<string, XmlElement[]>()
  #text = ''

  constructor(name: string) {
    this.name = name
  }

  add(child: XmlElement): void {
    const known = this.#children.get(child.name)
    if (known === undefined) this.#children.set(child.name, [child])
    else known.push(child)
  }

  addText(text: string): void {
    this.#text += text
  }

  /** All elements at the end of a path of names. */
  all(...[name = '', ...rest]: readonly string[]): readonly XmlElement[] {
    const found = this.#children.get(name) ?? []
    return rest.length === 0 ? found : found.flatMap((child) => child.all(...rest))
  }

  /** The text of the first element at the end of a path; empty where there is none. */
  text(...path: readonly string[]): string {
    const element = path.length === 0 ? this : this.all(...path)[0]
    return element === undefined ? '' : element.#text.replaceAll(/\s+/g, ' ').trim()
  }

  texts(...path: readonly string[]): readonly string[] {
    return this.all(...path)
      .map((element) => element.text())
      .filter((text) => text !== '')
  }
}

export interface XmlRecord {
  readonly line: number
  readonly element: XmlElement
}

/** Characters of one record, or between two tags. */
const RECORD_MAX = 1_000_000
const DEPTH_MAX = 32

/**
 * The records of an XML file, one at a time. Document types and their entities are refused by name: nothing is ever
 * expanded but the five entities that XML itself has.
 *
 * @param root Name of the file's first element. @param records Names of the elements that are records.
 * @throws {ListRefused} `xml_doctype`, `xml_invalid`, `format_other`, `line_too_long`, and what `decodeText` throws
 */
export async function* xmlRecords(
  source: Chunks,
  root: string,
  records: ReadonlySet<string>,
): AsyncGenerator<XmlRecord> {
  const parser = new SaxesParser({ position: true })
  const open: XmlElement[] = []
  let depth = 0
  let size = 0
  let begun = 0
  let found: XmlRecord[] = []

  parser.on('error', (cause) => {
    throw new ListRefused('xml_invalid', cause.message.replace(/^\d+:\d+: /, ''), parser.line, { cause })
  })
  parser.on('doctype', () => {
    throw new ListRefused('xml_doctype', 'has a document type; entities are not expanded', parser.line)
  })
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^utf-?8$/i.test(encoding))
      throw new ListRefused('encoding_wrong', `says that it is in ${encoding.slice(0, 20)}; only UTF-8 is read`)
  })
  parser.on('opentag', ({ name: written }) => {
    const name = written.slice(written.indexOf(':') + 1)
    if (depth === 0 && name !== root)
      throw new ListRefused('format_other', `begins with <${name.slice(0, 40)}> where <${root}> is wanted`)
    if (++depth > DEPTH_MAX) throw new ListRefused('xml_invalid', `more than ${DEPTH_MAX} elements deep`, parser.line)
    if (open.length > 0 || records.has(name)) {
      if (open.length === 0) begun = parser.line
      open.push(new XmlElement(name))
    } else size = 0
  })
  parser.on('text', (text) => open.at(-1)?.addText(text))
  parser.on('cdata', (text) => open.at(-1)?.addText(text))
  parser.on('closetag', () => {
    depth--
    const element = open.pop()
    if (element === undefined) return
    const parent = open.at(-1)
    if (parent !== undefined) return parent.add(element)
    found.push({ line: begun, element })
    size = 0
  })

  for await (const chunk of decodeText(source)) {
    for (let at = 0; at < chunk.length; at += PIECE) {
      const piece = chunk.slice(at, at + PIECE)
      size += piece.length
      parser.write(piece)
      if (size > RECORD_MAX)
        throw new ListRefused('line_too_long', `more than ${RECORD_MAX} characters in one record`, parser.line)
      yield* found
      found = []
    }
  }
  parser.close()
  yield* found
}

const PIECE = 16_384
