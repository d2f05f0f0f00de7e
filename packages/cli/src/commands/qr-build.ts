import { CURRENCIES, isCurrency } from '@pisto/money/currencies'
import {
  build,
  buildConsumer,
  type CodeFields,
  type ConsumerFields,
  DEFAULT_GUID,
  InvalidCode,
  type PlainOrTemplate,
  withPistoTemplate,
} from '@pisto/qr'
import { explain } from '@pisto/qr/doctor'
import { Command } from 'commander'
import { misused, Unsuccessful } from '../failure.ts'
import { readText } from '../input.ts'
import { type Language, languageFor, languageOption } from '../languages.ts'
import { readObject } from '../lines.ts'
import { renderFinding } from '../rendering/code-report.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

interface BuildOptions {
  readonly name?: string
  readonly city?: string
  readonly country?: string
  readonly currency?: string
  readonly mcc?: string
  readonly amount?: string
  readonly reference?: string
  readonly account: readonly string[]
  readonly tenant?: string
  readonly alias?: string
  readonly guid: string
  readonly json?: true
  readonly language?: Language
}

export function qrBuildCommand(terminal: Terminal): Command {
  return new Command('build')
    .description('write a code, to the letter of the specification')
    .argument('[fields]', 'JSON file of fields, as `pisto qr parse --json` gives them; - reads standard input')
    .option('--name <text>', 'merchant name, in its true spelling')
    .option('--city <text>', 'merchant city')
    .option('--country <code>', 'GT, HN, SV …')
    .option('--currency <code>', 'GTQ, HNL, USD …')
    .option('--mcc <code>', 'merchant category code, four digits')
    .option('--amount <amount>', 'like 125.50; makes the code dynamic')
    .option('--reference <text>', 'object 62.05')
    .option('--account <path=text>', 'such as 26.00=gt.example; may be repeated', collect, [])
    .option('--tenant <code>', 'with --alias: Pisto’s own account template, unsigned')
    .option('--alias <digits>', 'twelve digits of the payee')
    .option('--guid <text>', 'with --alias: whose template it is', DEFAULT_GUID)
    .option('--json', 'one line of JSON')
    .addOption(languageOption())
    .action(async (file: string | undefined, options: BuildOptions) => {
      const given = file === undefined ? {} : readFields(await readText(terminal, file), file)
      const write = 'applications' in given ? () => consumerCode(given) : () => build(codeFields(given, options))
      const payload = await written(terminal, write, languageFor(terminal, options.language))
      if (options.json) await printJson(terminal, { payload })
      else await print(terminal, payload)
    })
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]

async function written(terminal: Terminal, write: () => string, language: Language): Promise<string> {
  try {
    return write()
  } catch (error) {
    if (!(error instanceof InvalidCode)) throw error
    for (const finding of error.findings)
      for (const line of renderFinding(terminal, explain(finding), language)) terminal.warn(line)
    throw new Unsuccessful()
  }
}

/** The fields of a payer’s code are known by their applications; flags are about shops' codes. */
function consumerCode(given: Readonly<Record<string, unknown>>): string {
  requireTexts(given)
  try {
    return buildConsumer(given as unknown as ConsumerFields)
  } catch (error) {
    if (error instanceof TypeError) throw misused('These are not the fields of a payer’s code', undefined, error)
    throw error
  }
}

/** Fields themselves, or the answer of `qr parse --json` around them. */
function readFields(text: string, file: string): Readonly<Record<string, unknown>> {
  const object = readObject(text)
  const fields = object?.['fields'] ?? object
  if (typeof fields !== 'object' || fields === null) throw misused(`${file} is no JSON object of fields`)
  return fields as Record<string, unknown>
}

/** What the flags say goes before what the file says. The codec checks every value; missing texts are empty there. */
function codeFields(given: Readonly<Record<string, unknown>>, options: BuildOptions): CodeFields {
  const { name, city, country, currency, mcc, amount, reference } = options
  const fromFlags = {
    pointOfInitiation: amount === undefined ? undefined : '12',
    mcc,
    amount,
    country,
    currency: currency === undefined ? undefined : numberOf(currency),
    merchantName: name,
    merchantCity: city,
    additionalData: reference === undefined ? undefined : { ...objectOf(given['additionalData']), '05': reference },
  }
  const fields: Record<string, unknown> = {
    pointOfInitiation: '11',
    mcc: '',
    country: '',
    currency: '',
    merchantName: '',
  }
  Object.assign(fields, { merchantCity: '' }, given, withoutUndefined(fromFlags))
  const accounts = { ...objectOf(given['merchantAccounts']), ...accountsOf(options.account) }
  requireTexts(fields)
  return { ...(fields as unknown as CodeFields), merchantAccounts: withAlias(accounts, options) }
}

const withoutUndefined = (object: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))

type Accounts = Readonly<Record<string, PlainOrTemplate>>
const objectOf = (value: unknown): Accounts => (typeof value === 'object' && value !== null ? (value as Accounts) : {})

/** The codec takes texts, and objects of texts. */
function requireTexts(value: unknown, path = ''): void {
  if (typeof value === 'string') return
  if (typeof value !== 'object' || value === null) throw misused(`The field ${path} is not text`)
  for (const [name, member] of Object.entries(value)) requireTexts(member, path === '' ? name : `${path}.${name}`)
}

function numberOf(currency: string): string {
  const code = currency.toUpperCase()
  if (/^\d{3}$/.test(code)) return code
  if (!isCurrency(code)) throw misused(`${currency} is not a currency Pisto knows`, 'Its ISO 4217 number will do.')
  return CURRENCIES[code].number
}

/** `26.00=gt.example` is an object of a template, `02=4…` a plain value. */
function accountsOf(flags: readonly string[]): Accounts {
  const plain: Record<string, string> = {}
  const templates: Record<string, Record<string, string>> = {}
  for (const flag of flags) {
    const [, id = '', sub, value = ''] = /^(\d\d)(?:\.(\d\d))?=(.*)$/s.exec(flag) ?? []
    if (id === '') throw misused(`--account ${flag}: not PATH=TEXT`, '--account 26.00=gt.example --account 26.01=123')
    if (sub === undefined) plain[id] = value
    else templates[id] = { ...templates[id], [sub]: value }
  }
  return { ...plain, ...templates }
}

function withAlias(accounts: Accounts, { tenant, alias, guid }: BuildOptions): Accounts {
  if (tenant === undefined && alias === undefined) return accounts
  if (tenant === undefined || alias === undefined) throw misused('--tenant and --alias belong together')
  try {
    return withPistoTemplate(accounts, { tenantCode: tenant, alias }, { guid })
  } catch (error) {
    throw misused(error instanceof Error ? error.message : String(error))
  }
}
