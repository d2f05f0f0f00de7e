import { checkNationalId, type DocumentType, isCountry } from '@pisto/identity'
import { Command } from 'commander'
import { failed, misused, Unsuccessful } from '../failure.ts'
import { type Language, languageFor, languageOption } from '../languages.ts'
import { answerLines, readObject, textOf } from '../lines.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

/** Answer to a line of `pisto id check --jsonl`. `code` is null for a valid number. */
export interface IdAnswer {
  readonly valid: boolean
  readonly canonical: string | null
  readonly formatted: string | null
  /** As `@pisto/identity` has them; `country`: not one of GT, HN, SV; `input`: the line is not such an object. */
  readonly code: string | null
}

interface IdOptions {
  readonly jsonl?: true
  readonly json?: true
  readonly language?: Language
}

export function idCommand(terminal: Terminal): Command {
  const check = new Command('check')
    .description('check a national id or tax number: GT DPI, NIT; HN DNI, RTN; SV DUI, NIT')
    .argument('[country]', 'GT, HN or SV')
    .argument('[type]', 'DPI, NIT, DNI, RTN or DUI')
    .argument('[value]', 'as it is written on the card')
    .option('--jsonl', 'read {"country","type","value"} line by line, write {"valid","canonical","formatted","code"}')
    .option('--json', 'one line of JSON')
    .addOption(languageOption())
    .action(async (country?: string, type?: string, value?: string, options: IdOptions = {}) => {
      if (options.jsonl) return answerLines(terminal, answerIdLine)
      if (country === undefined || type === undefined || value === undefined) {
        throw misused('`pisto id check` takes COUNTRY TYPE VALUE, or --jsonl', 'pisto id check GT DPI 1075690001805')
      }
      await checkOne(terminal, { country, type, value }, options)
    })
  return new Command('id').description('national ids').addCommand(check)
}

interface IdQuestion {
  readonly country: string
  readonly type: string
  readonly value: string
}

/** A line in, an answer out; never throws. */
export function answerIdLine(line: string): IdAnswer {
  const object = readObject(line)
  const [country, type, value] = [textOf(object, 'country'), textOf(object, 'type'), textOf(object, 'value')]
  if (country === undefined || type === undefined || value === undefined) return refusal('input')
  return answerId({ country, type, value })
}

function answerId(question: IdQuestion): IdAnswer {
  const check = checkQuestion(question)
  if (check === undefined) return refusal('country')
  if (!check.valid) return refusal(check.code)
  return { valid: true, canonical: check.canonical, formatted: check.formatted, code: null }
}

const refusal = (code: string): IdAnswer => ({ valid: false, canonical: null, formatted: null, code })

function checkQuestion({ country, type, value }: IdQuestion): ReturnType<typeof checkNationalId> | undefined {
  const known = country.toUpperCase()
  if (!isCountry(known)) return undefined
  return checkNationalId(known, type.toUpperCase() as DocumentType, value) // an unknown type is a finding, `type`
}

async function checkOne(terminal: Terminal, question: IdQuestion, options: IdOptions): Promise<void> {
  const check = checkQuestion(question)
  if (options.json) {
    await printJson(terminal, answerId(question))
    if (check?.valid) return
    throw new Unsuccessful()
  }
  if (check === undefined) throw misused(`${question.country} is not a country of ours`, 'Countries: GT, HN, SV.')
  if (!check.valid) {
    const text = languageFor(terminal, options.language) === 'es' ? check.messageEs : check.message
    throw failed(`${text} (${check.code})`)
  }
  const { colours } = terminal
  const { canonical, formatted, place, birthYear, holder } = check
  await print(
    terminal,
    `${colours.green('valid')}  ${formatted}`,
    `canonical   ${canonical}`,
    ...(place ? [`registered  ${place.department.name}, municipality ${place.municipality.code}`] : []),
    ...(birthYear === undefined ? [] : [`born        ${birthYear}`]),
    ...(holder === undefined ? [] : [`holder      ${holder} person`]),
  )
}
