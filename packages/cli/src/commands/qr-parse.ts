import type { Profile } from '@pisto/qr'
import { type Diagnosis, diagnose, type ExplainedFinding } from '@pisto/qr/doctor'
import { Command } from 'commander'
import { misused, Unsuccessful } from '../failure.ts'
import { readText } from '../input.ts'
import { type Language, languageFor, languageOption } from '../languages.ts'
import { answerLines } from '../lines.ts'
import { renderCodeReport } from '../rendering/code-report.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

/** What a line of `--jsonl` says of one finding. */
type ToldFinding = Pick<ExplainedFinding, 'code' | 'rule' | 'path' | 'offset' | 'message'>

/** Answer to a line of `pisto qr parse --jsonl`. */
type ParseAnswer =
  | { readonly ok: true; readonly fields: Diagnosis['fields']; readonly warnings: readonly ToldFinding[] }
  | { readonly ok: false; readonly error: ToldFinding }

interface ParseOptions {
  readonly jsonl?: true
  readonly json?: true
  readonly strict?: true
  readonly language?: Language
}

export function qrParseCommand(terminal: Terminal): Command {
  return new Command('parse')
    .description('read a code of a shop or of a payer’s wallet, and say all that is wrong with it')
    .argument('[payload]', 'the text of the scanned code; - reads it from standard input')
    .option('--strict', 'by the letter of the specification, instead of what real codes of the region need')
    .option('--jsonl', 'a payload per line in (as it is, or a JSON string), an answer per line out')
    .option('--json', 'one line of JSON')
    .addOption(languageOption())
    .action(async (payload: string | undefined, options: ParseOptions) => {
      const profile = options.strict ? 'strict' : 'tolerant'
      if (options.jsonl) return answerLines(terminal, (line) => answerParseLine(line, profile))
      if (payload === undefined) throw misused('`pisto qr parse` takes a payload, - or --jsonl')
      await parseOne(terminal, payload === '-' ? await readText(terminal, '-') : payload, profile, options)
    })
}

async function parseOne(terminal: Terminal, payload: string, profile: Profile, options: ParseOptions): Promise<void> {
  const code = diagnose(payload, { profile })
  if (options.json) await printJson(terminal, answerOf(code))
  else await print(terminal, ...renderCodeReport(terminal, code, languageFor(terminal, options.language)))
  if (!code.ok) throw new Unsuccessful()
}

/** A line in, an answer out; never throws. */
function answerParseLine(line: string, profile: Profile = 'tolerant'): ParseAnswer {
  return answerOf(diagnose(payloadOf(line), { profile }))
}

/** A line that is a JSON string is what it says: so a payload may have line feeds. */
function payloadOf(line: string): string {
  if (!line.startsWith('"')) return line
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'string' ? value : line
  } catch {
    return line
  }
}

function answerOf({ ok, fields, findings }: Diagnosis): ParseAnswer {
  if (ok) return { ok, fields, warnings: findings.map(told) }
  const error = findings.find(({ severity }) => severity === 'error')
  return { ok: false, error: error === undefined ? NOT_A_CODE : told(error) }
}

const NOT_A_CODE: ToldFinding = {
  code: 'incomplete',
  rule: 'R08',
  path: '',
  offset: 0,
  message: 'This is no whole code',
}

function told({ code, rule, path, offset, message }: ExplainedFinding): ToldFinding {
  return { code, rule, path, offset, message }
}
