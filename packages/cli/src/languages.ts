import { Option } from 'commander'
import type { Terminal } from './terminal.ts'

/** Languages that findings are told in. */
export type Language = 'en' | 'es'

export const languageOption = (): Option =>
  new Option('--language <language>', 'language of the findings; default: that of the terminal').choices(['en', 'es'])

/** The language asked for, else the terminal's (`LANG=es_GT.UTF-8`), else English. @see POSIX.1-2024, section 8.2 */
export function languageFor(terminal: Terminal, asked: Language | undefined): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = terminal.environment
  return asked ?? ((LC_ALL || LC_MESSAGES || LANG || '').startsWith('es') ? 'es' : 'en')
}
