import { compareCodes, type Diagnosis, type ExplainedFinding, reportOn } from '@pisto/qr/doctor'
import { Command } from 'commander'
import { Unsuccessful } from '../failure.ts'
import { readBytes, readText } from '../input.ts'
import { type Language, languageFor, languageOption } from '../languages.ts'
import { readPicture } from '../picture.ts'
import { renderPlaces } from '../rendering/code-places.ts'
import { renderCodeReport, renderDifferences } from '../rendering/code-report.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

interface DoctorOptions {
  readonly diff?: string
  readonly strict?: true
  readonly json?: true
  readonly language?: Language
}

export function qrDoctorCommand(terminal: Terminal): Command {
  return new Command('doctor')
    .description('what is wrong with a code, where, and how to mend it; what differs between two')
    .argument(
      '<code>',
      'the text of a code, or a picture of one (FILE.png, FILE.jpg); - reads the text from standard input',
    )
    .option('--diff <code>', 'another code, or a picture of one: shows what the two do not have alike')
    .option('--strict', 'by the letter of the specification, instead of what real codes of the region need')
    .option('--json', 'one line of JSON')
    .addOption(languageOption())
    .action(async (source: string, options: DoctorOptions) => {
      const payload = await readCode(terminal, source)
      const diagnosis = reportOn(payload, { profile: options.strict ? 'strict' : 'tolerant' })
      const other = options.diff === undefined ? undefined : await readCode(terminal, options.diff)
      const differences = other === undefined ? undefined : compareCodes(payload, other)
      if (options.json) await printJson(terminal, { payload, ...diagnosis, ...(differences && { differences }) })
      else {
        const language = languageFor(terminal, options.language)
        await print(terminal, ...renderCodeReport(terminal, diagnosis, language), ...placesOf(payload, diagnosis))
        if (differences) await print(terminal, '', ...renderDifferences(terminal, differences, language))
      }
      if (!diagnosis.ok || (differences?.length ?? 0) > 0) throw new Unsuccessful()
    })
}

/** Offsets of payers' codes count bytes, which nobody sees in base64. */
function placesOf(payload: string, { kind, findings }: Diagnosis): readonly string[] {
  return kind === 'merchantPresented' ? renderPlaces(payload, findings.map(offsetOf)) : []
}

const offsetOf = ({ offset, rule }: ExplainedFinding): { readonly offset: number; readonly label: string } => {
  return { offset, label: rule }
}

async function readCode(terminal: Terminal, source: string): Promise<string> {
  if (/\.(png|jpe?g)$/i.test(source)) return readPicture(await readBytes(terminal, source), source)
  return source === '-' ? readText(terminal, '-') : source
}
