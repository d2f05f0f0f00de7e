import type { Finding, ParsedCode } from '@pisto/qr'
import { explain } from '@pisto/qr/doctor'
import type { Language } from '../languages.ts'
import { fieldRows } from './code-fields.ts'
import { renderTable, type Screen, shown } from './table.ts'

/** A code's verdict, fields and findings, for a person. */
export function renderCodeReport(screen: Screen, { ok, fields, findings }: ParsedCode, language: Language): string[] {
  const { colours } = screen
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const warnings = findings.length - errors
  const counts = [count(errors, 'error'), count(warnings, 'warning')].filter((text) => text !== '').join(', ')
  const rows = fieldRows(fields).map(([path, name, value, meaning]) => [path, name, shown(value), meaning])
  return [
    `${ok ? colours.green('readable') : colours.red('refused')}${counts === '' ? '' : `: ${counts}`}`,
    ...(rows.length === 0 ? [] : [renderTable(screen, ['object', 'field', 'value', 'meaning'], rows)]),
    ...findings.flatMap((finding) => renderFinding(screen, finding, language)),
  ]
}

const count = (number: number, word: string): string => {
  if (number === 0) return ''
  return `${number} ${word}${number === 1 ? '' : 's'}`
}

/** Where, which rule, what, and what to do about it. */
export function renderFinding({ colours }: Pick<Screen, 'colours'>, finding: Finding, language: Language): string[] {
  const { severity, rule, path, offset } = finding
  const said = explain(finding)
  const [message, hint] = language === 'es' ? [said.messageEs, said.hintEs] : [said.message, said.hint]
  const mark = severity === 'error' ? colours.red('error  ') : colours.yellow('warning')
  const place = path === '' ? `at character ${offset}` : `object ${path}, at character ${offset}`
  return [`${mark} ${colours.bold(rule)} ${place}: ${shown(message)}`, `        ${colours.dim(shown(hint))}`]
}
