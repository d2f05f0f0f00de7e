import { checkPhone, isCountry, type PhoneCheck } from '@pisto/identity'
import { Command } from 'commander'
import { failed, misused, Unsuccessful } from '../failure.ts'
import { type Language, languageFor, languageOption } from '../languages.ts'
import { answerLines, readObject, textOf } from '../lines.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

/** Answer to a line of `pisto phone check --jsonl`. `code` is null for a valid number. */
export interface PhoneAnswer {
  readonly valid: boolean
  readonly e164: string | null
  /** A mobile can receive the code; a land line cannot. */
  readonly mobile: boolean | null
  /** As `@pisto/identity` has them; `input`: the line is not such an object. */
  readonly code: string | null
}

interface PhoneOptions {
  readonly jsonl?: true
  readonly json?: true
  readonly language?: Language
}

export function phoneCommand(terminal: Terminal): Command {
  const check = new Command('check')
    .description('check a phone number of Guatemala, Honduras or El Salvador')
    .argument('[country]', 'GT, HN or SV: whose number it is when it is written without country code')
    .argument('[value]', 'as people write it')
    .option('--jsonl', 'read {"country","value"} line by line, write {"valid","e164","mobile","code"}')
    .option('--json', 'one line of JSON')
    .addOption(languageOption())
    .action(async (country?: string, value?: string, options: PhoneOptions = {}) => {
      if (options.jsonl) return answerLines(terminal, answerPhoneLine)
      if (country === undefined || value === undefined) {
        throw misused('`pisto phone check` takes COUNTRY VALUE, or --jsonl', "pisto phone check GT '5550 0123'")
      }
      await checkOne(terminal, country, value, options)
    })
  return new Command('phone').description('phone numbers').addCommand(check)
}

/** A line in, an answer out; never throws. */
export function answerPhoneLine(line: string): PhoneAnswer {
  const object = readObject(line)
  const [country, value] = [textOf(object, 'country'), textOf(object, 'value')]
  if (country === undefined || value === undefined) return refusal('input')
  return answerOf(checkFor(country, value))
}

function checkFor(country: string, value: string): PhoneCheck | undefined {
  const known = country.toUpperCase()
  return isCountry(known) ? checkPhone(known, value) : undefined
}

function answerOf(check: PhoneCheck | undefined): PhoneAnswer {
  if (check === undefined) return refusal('country')
  return check.valid ? { valid: true, e164: check.e164, mobile: check.mobile, code: null } : refusal(check.code)
}

const refusal = (code: string): PhoneAnswer => ({ valid: false, e164: null, mobile: null, code })

async function checkOne(terminal: Terminal, country: string, value: string, options: PhoneOptions): Promise<void> {
  const check = checkFor(country, value)
  if (options.json) {
    await printJson(terminal, answerOf(check))
    if (check?.valid) return
    throw new Unsuccessful()
  }
  if (check === undefined) throw misused(`${country} is not a country of ours`, 'Countries: GT, HN, SV.')
  if (!check.valid) {
    const text = languageFor(terminal, options.language) === 'es' ? check.messageEs : check.message
    throw failed(`${text} (${check.code})`)
  }
  const kind = check.mobile ? 'mobile: it can receive a code' : 'land line: it cannot receive a code'
  await print(terminal, `${terminal.colours.green('valid')}  ${check.e164}  ${check.formatted}`, kind)
}
