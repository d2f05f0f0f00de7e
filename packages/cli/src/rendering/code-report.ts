import { CURRENCIES, currencyOfNumber } from '@pisto/money/currencies'
import { networksOf } from '@pisto/qr'
import type { Diagnosis, Difference, ExplainedFinding, ObjectName } from '@pisto/qr/doctor'
import type { Language } from '../languages.ts'
import { renderTable, type Screen, shown } from './table.ts'

const WORDS = {
  en: {
    readable: 'readable',
    refused: 'refused',
    error: ['error', 'errors'],
    warning: ['warning', 'warnings'],
    object: 'object',
    field: 'field',
    value: 'value',
    meaning: 'meaning',
    static: 'static: many payments',
    dynamic: 'dynamic: one payment',
    character: 'at character',
    byte: 'at byte',
    this: 'this code',
    other: 'the other',
    same: 'the two codes say the same',
  },
  es: {
    readable: 'legible',
    refused: 'rechazado',
    error: ['error', 'errores'],
    warning: ['aviso', 'avisos'],
    object: 'objeto',
    field: 'campo',
    value: 'valor',
    meaning: 'significado',
    static: 'estático: muchos pagos',
    dynamic: 'dinámico: un pago',
    character: 'en el carácter',
    byte: 'en el byte',
    this: 'este código',
    other: 'el otro',
    same: 'los dos códigos dicen lo mismo',
  },
} as const satisfies Record<Language, object>

/** A code's verdict, values and findings, for a person. */
export function renderCodeReport(screen: Screen, diagnosis: Diagnosis, language: Language): string[] {
  const { colours } = screen
  const { ok, findings, objects } = diagnosis
  const words = WORDS[language]
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const warnings = findings.length - errors
  const counts = [count(errors, words.error), count(warnings, words.warning)].filter((text) => text !== '').join(', ')
  const meaningOf = meanings(diagnosis, language)
  const rows = objects.map(({ path, name, value }) => [
    path,
    wordOf(name, language),
    shown(value),
    meaningOf(path, value),
  ])
  const head = [words.object, words.field, words.value, words.meaning]
  return [
    `${ok ? colours.green(words.readable) : colours.red(words.refused)}${counts === '' ? '' : `: ${counts}`}`,
    ...(rows.length === 0 ? [] : [renderTable(screen, head, rows)]),
    ...findings.flatMap((finding) => renderFinding(screen, finding, language)),
  ]
}

const count = (number: number, [one, many]: readonly [string, string]): string => {
  if (number === 0) return ''
  return `${number} ${number === 1 ? one : many}`
}

const wordOf = (name: ObjectName | undefined, language: Language): string => name?.[language] ?? ''

/** What a value stands for, where that does not speak for itself. */
function meanings(diagnosis: Diagnosis, language: Language): (path: string, value: string) => string {
  if (diagnosis.kind === 'consumerPresented') return (_path, value) => asText(value)
  const networks = new Map(networksOf(diagnosis.fields).map(({ object, network }) => [`${object}.00`, network.name]))
  return (path, value) => {
    if (path === '01') return WORDS[language][value === '11' ? 'static' : 'dynamic']
    if (path !== '53') return networks.get(path) ?? ''
    const currency = currencyOfNumber(value)
    return currency === undefined ? '' : `${currency} (${CURRENCIES[currency].symbol})`
  }
}

/** Bytes that are visible ASCII are text for people. */
function asText(hex: string): string {
  const text = Buffer.from(hex, 'hex').toString('latin1')
  return /^[ -~]{2,}$/.test(text) ? text : ''
}

/** Where, which rule, what, and what to do about it. */
export function renderFinding(
  { colours }: Pick<Screen, 'colours'>,
  finding: ExplainedFinding,
  language: Language,
): string[] {
  const { severity, rule, path, offset } = finding
  const words = WORDS[language]
  const [message, hint] = language === 'es' ? [finding.messageEs, finding.hintEs] : [finding.message, finding.hint]
  const mark = severity === 'error' ? colours.red('error  ') : colours.yellow(words.warning[0].padEnd(7))
  const at = `${rule.startsWith('C') ? words.byte : words.character} ${offset}`
  const place = path === '' ? at : `${words.object} ${path}, ${at}`
  return [`${mark} ${colours.bold(rule)} ${place}: ${shown(message)}`, `        ${colours.dim(shown(hint))}`]
}

/** What two codes do not have alike. */
export function renderDifferences(screen: Screen, differences: readonly Difference[], language: Language): string[] {
  const words = WORDS[language]
  if (differences.length === 0) return [words.same]
  const told = (value: string | null): string => (value === null ? '–' : shown(value))
  const rows = differences.map(({ path, name, left, right }) => [path, wordOf(name, language), told(left), told(right)])
  return [renderTable(screen, [words.object, words.field, words.this, words.other], rows)]
}
