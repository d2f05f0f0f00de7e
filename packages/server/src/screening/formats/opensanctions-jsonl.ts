import { decodeText } from './decode-text.ts'
import { aliasesOf, idOf, listed, oneCountry, oneDate, readListDate, remarksOf } from './entry-fields.ts'
import { broken, type Chunks, entryItem, type ListEntry, type ListItem } from './list-item.ts'
import { ListRefused } from './list-refused.ts'
import { kindOfSchema } from './opensanctions-schemas.ts'

/** Characters of one line. */
const LINE_MAX = 1_000_000

/**
 * OpenSanctions' `entities.ftm.json` and `targets.nested.json`: one FollowTheMoney entity a line.
 *
 * @see https://www.opensanctions.org/docs/bulk/json/
 */
export async function* readOpenSanctionsJsonl(source: Chunks): AsyncGenerator<ListItem> {
  for await (const { line, text } of linesOf(source)) {
    if (text.trim() === '') continue
    const entity = readEntity(text)
    if (entity === undefined) yield broken(line, 'json_invalid')
    else {
      const kind = kindOfSchema(entity.schema)
      if (kind === undefined) yield { kind: 'passedOver', line, what: entity.schema.toLowerCase() }
      else if (entity.isTarget) yield entryItem(line, entryOf(entity, kind))
      else yield { kind: 'passedOver', line, what: 'related' }
    }
  }
}

interface Entity {
  readonly id: string
  readonly caption: string
  readonly schema: string
  /** Listed itself, not only related to somebody who is. */
  readonly isTarget: boolean
  readonly of: (property: string) => readonly string[]
}

function readEntity(text: string): Entity | undefined {
  const value = parse(text)
  const { id, caption, schema, target, properties } = recordOf(value)
  if (typeof id !== 'string' || typeof schema !== 'string') return undefined
  const all = recordOf(properties)
  return {
    id,
    caption: typeof caption === 'string' ? caption : '',
    schema,
    isTarget: target !== false,
    of(property) {
      const values = Object.hasOwn(all, property) ? all[property] : []
      return Array.isArray(values) ? values.filter((one) => typeof one === 'string') : []
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

function entryOf({ id, caption, of }: Entity, kind: 'person' | 'organisation'): ListEntry {
  const [country = ''] = of('country')
  const numbers = (type: string, property: string): readonly (string | undefined)[] =>
    of(property).map((number) => idOf(type, number, country))
  const name = caption || (of('name')[0] ?? '')
  return {
    id,
    name,
    kind,
    ...aliasesOf(name, [...of('name'), ...of('alias'), ...of('weakAlias'), ...of('previousName')]),
    ...oneDate(of('birthDate').map(readListDate)),
    ...oneCountry([...of('nationality'), ...of('citizenship'), ...of('country')]),
    ...listed('ids', [
      ...numbers('National ID', 'idNumber'),
      ...numbers('Passport', 'passportNumber'),
      ...numbers('Tax', 'taxNumber'),
    ]),
    ...listed('programs', [...of('programId'), ...of('topics')]),
    ...remarksOf(of('notes').join('; ')),
  }
}

/** @throws {ListRefused} `line_too_long` */
async function* linesOf(source: Chunks): AsyncGenerator<{ readonly line: number; readonly text: string }> {
  let line = 0
  let rest = ''
  for await (const chunk of decodeText(source)) {
    const pieces = (rest + chunk).split('\n')
    rest = pieces.pop() ?? ''
    for (const text of pieces) yield { line: ++line, text }
    if (rest.length > LINE_MAX) throw new ListRefused('line_too_long', `more than ${LINE_MAX} characters`, line + 1)
  }
  if (rest !== '') yield { line: ++line, text: rest }
}
