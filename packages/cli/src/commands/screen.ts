import {
  type Explanation,
  type Reason,
  SCREENING_REASONS,
  type ScreeningAnswer,
  type ScreeningSubject,
  screen,
} from '@pisto/identity/screening'
import { Command } from 'commander'
import { misused } from '../failure.ts'
import { type Language, languageFor, languageOption } from '../languages.ts'
import { answerLines, readObject, textOf } from '../lines.ts'
import { renderTable } from '../rendering/table.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

/** Answer to a line of `pisto screen --jsonl`: all null, and `code` is `input`, where the line is no such question. */
type LineAnswer = ScreeningAnswer | { readonly [Member in keyof ScreeningAnswer | 'code']: 'input' | null }

interface ScreenOptions {
  readonly dob?: string
  readonly entryDob?: string
  readonly jsonl?: true
  readonly json?: true
  readonly language?: Language
}

export function screenCommand(terminal: Terminal): Command {
  return new Command('screen')
    .description('could a person or business and a list entry be the same? Every word explained')
    .argument('[name]', 'who is asked about')
    .argument('[entry]', 'the name on the list')
    .option('--dob <date>', 'birth date of who is asked about: 1990-02-28, 1990-02 or 1990')
    .option('--entry-dob <date>', 'birth date on the list')
    .option('--jsonl', 'read {"query","entry"} line by line, write {"score","match","explanation"}')
    .option('--json', 'one line of JSON')
    .addOption(languageOption())
    .action(async (name?: string, entry?: string, options: ScreenOptions = {}) => {
      if (options.jsonl) return answerLines(terminal, answerScreenLine)
      if (name === undefined || entry === undefined) {
        throw misused('`pisto screen` takes NAME ENTRY, or --jsonl', "pisto screen 'Chente Maaz' 'MAAZ CHOC, Vicente'")
      }
      const answer = screen(withDob(name, options.dob), withDob(entry, options.entryDob))
      if (options.json) await printJson(terminal, answer)
      else await print(terminal, ...render(terminal, answer, languageFor(terminal, options.language)))
    })
}

const withDob = (name: string, dob: string | undefined): ScreeningSubject => ({
  name,
  ...(dob !== undefined && { dob }),
})

/** A line in, an answer out; never throws. */
export function answerScreenLine(line: string): LineAnswer {
  const question = readObject(line)
  const [query, entry] = [readSubject(question?.['query']), readSubject(question?.['entry'])]
  if (query === undefined || entry === undefined) return { score: null, match: null, explanation: null, code: 'input' }
  return screen(query, entry)
}

/** `nationalId` is one more of `ids`. Undefined: no name, or a member that is not what it should be. */
function readSubject(value: unknown): ScreeningSubject | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const object = value as Readonly<Record<string, unknown>>
  const has = (name: string): boolean => object[name] !== undefined && object[name] !== null
  const [name, dob, country, kind, nationalId] = ['name', 'dob', 'country', 'kind', 'nationalId'].map((member) =>
    textOf(object, member),
  )
  const isWrong = ['dob', 'country', 'kind', 'nationalId'].some(
    (member) => has(member) && textOf(object, member) === undefined,
  )
  const [aliases, ids] = [textsOf(object['aliases']), textsOf(object['ids'])]
  if (name === undefined || isWrong || aliases === undefined || ids === undefined) return undefined
  if (kind !== undefined && kind !== 'person' && kind !== 'organisation') return undefined
  return {
    name,
    aliases,
    ids: [...ids, ...(nationalId === undefined ? [] : [nationalId])],
    ...(dob !== undefined && { dob }),
    ...(country !== undefined && { country }),
    ...(kind !== undefined && { kind }),
  }
}

function textsOf(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return []
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined
}

function render(
  terminal: Terminal,
  { score, match, explanation }: ScreeningAnswer,
  language: Language,
): readonly string[] {
  const { colours } = terminal
  const [yes, no] = language === 'es' ? ['revisar', 'sin coincidencia'] : ['to be reviewed', 'no match']
  const verdict = match ? colours.yellow(yes) : colours.green(no)
  const head =
    language === 'es' ? ['palabra', 'en la lista', 'igual por', 'peso'] : ['word', 'on the list', 'equal by', 'weight']
  return [
    `${verdict}  ${score}`,
    renderTable(terminal, head, rowsOf(explanation), { right: [3] }),
    ...explanation.reasons.map((reason) => sentenceOf(reason, language)),
  ]
}

function rowsOf({ pairs, unpaired }: Explanation): string[][] {
  return [
    ...pairs.map(({ query, entry, method, weight }) => [query, entry, method, String(weight)]),
    ...unpaired.query.map(({ text }) => [text, '–', '', '']),
    ...unpaired.entry.map(({ text }) => ['–', text, '', '']),
  ]
}

function sentenceOf({ code, weight }: Reason, language: Language): string {
  const [english, spanish] = SCREENING_REASONS[code]
  return `${weight > 0 ? '+' : ''}${weight}  ${language === 'es' ? spanish : english} (${code})`
}
