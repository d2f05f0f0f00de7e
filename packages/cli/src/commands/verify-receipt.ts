import type { Opening } from '@pisto/contract'
import { type NoteVerifier, parseVerifierKey } from '@pisto/proof'
import { verifyReceipt } from '@pisto/proof/verify'
import { parseSmsReceipt } from '@pisto/qr/sms'
import { Command } from 'commander'
import { misused, Unsuccessful } from '../failure.ts'
import { readText } from '../input.ts'
import { KEYS_HELP, readKeys } from '../keys.ts'
import { type Language, languageFor, languageOption } from '../languages.ts'
import { readObject, textOf } from '../lines.ts'
import { isProofText, judgeProof, type ProofJudgement } from '../proof-judgement.ts'
import { type Judgement, judge, type KnownCharge } from '../receipt-judgement.ts'
import { renderProof } from '../rendering/proof.ts'
import { renderJudgement } from '../rendering/receipt.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

interface ReceiptOptions extends KnownCharge {
  readonly keys?: string
  readonly key?: string
  readonly opening?: string
  readonly at?: string
  readonly json?: true
  readonly language?: Language
}

export function verifyReceiptCommand(terminal: Terminal): Command {
  return new Command('verify-receipt')
    .description('check a receipt off line: is it genuine, fresh, and for this shop’s open charge?')
    .argument(
      '<file>',
      'the compact form (PR1,…), SMS with it, the API’s JSON, or a full receipt (tlog-proof); - reads standard input',
    )
    .option('--keys <url|file>', KEYS_HELP)
    .option('--key <key>', 'for a full receipt, instead: the log’s own key, like origin+hash+base64 (C2SP vkey)')
    .option(
      '--opening <file>',
      'for a full receipt: the API’s JSON receipt, or what GET /v1/log/openings/{id} answers: shows what was written',
    )
    .option('--alias <digits>', 'the shop’s alias; without it any payee will do')
    .option('--tenant <code>', 'code of the shop’s bank; without it any tenant’s key will do')
    .option('--amount <amount>', 'what the shop charges, like 30.10')
    .option('--currency <code>', 'of that amount; default: the receipt’s')
    .option('--challenge <text>', 'the eight characters of the charge open on this device')
    .option('--at <time>', 'judge its age at this time (RFC 3339) instead of now')
    .option('--json', 'one line of JSON')
    .addOption(languageOption())
    .action(async (file: string, options: ReceiptOptions) => {
      const text = await readText(terminal, file)
      if (isProofText(text)) return tellProof(terminal, await judgeFull(terminal, `${text}\n`, options), options)
      const compact = compactOf(text)
      const keys = await readKeys(terminal, requireKeys(options))
      const judgement = await judge(verifyReceipt, compact, keys, options, momentOf(options.at) ?? terminal.now())
      await tell(terminal, judgement, options)
    })
}

async function judgeFull(terminal: Terminal, text: string, options: ReceiptOptions): Promise<ProofJudgement> {
  const openings = options.opening === undefined ? [] : await readOpenings(terminal, options.opening)
  if (options.key === undefined) {
    return judgeProof(text, (await readKeys(terminal, requireKeys(options))).keys, openings)
  }
  if (options.keys !== undefined) throw misused('--key and --keys: one of them')
  return judgeProof(text, verifierOf(options.key), openings)
}

/** At least one: whoever gives a file wants a text shown, and silence would look like one. */
async function readOpenings(terminal: Terminal, file: string): Promise<readonly Opening[]> {
  const { opening, data } = readObject(await readText(terminal, file)) ?? {}
  const openings: readonly unknown[] = Array.isArray(data) ? data : [opening]
  if (openings.length > 0 && openings.every(isOpening)) return openings
  throw misused(
    `${file} has no opening`,
    'It is in the JSON of GET /v1/payments/{id}/receipt and of GET /v1/log/openings/{id}, where somebody wrote a text.',
  )
}

function isOpening(value: unknown): value is Opening {
  const { salt, record } = (value ?? {}) as Partial<Opening>
  return typeof salt === 'string' && typeof record === 'object' && record !== null && !Array.isArray(record)
}

function verifierOf(key: string): NoteVerifier {
  try {
    return parseVerifierKey(key)
  } catch (cause) {
    throw misused(`--key ${key} is no key of a log`, 'Like bank.example/log+530d903a+AekyeRrm56hApGFk….', cause)
  }
}

function requireKeys({ keys }: ReceiptOptions): string {
  if (keys === undefined) throw misused('--keys is missing', 'Where the banks’ keys are: a file, or a server’s URL.')
  return keys
}

async function tellProof(terminal: Terminal, judgement: ProofJudgement, options: ReceiptOptions): Promise<void> {
  if (options.json) await printJson(terminal, judgement)
  else await print(terminal, ...renderProof(terminal, judgement, languageFor(terminal, options.language)))
  if (!judgement.ok) throw new Unsuccessful()
}

async function tell(terminal: Terminal, judgement: Judgement, options: ReceiptOptions): Promise<void> {
  if (options.json) await printJson(terminal, judgement)
  else await print(terminal, ...renderJudgement(terminal, judgement, languageFor(terminal, options.language)))
  if (judgement.colour === 'red') throw new Unsuccessful()
}

/** A file has the text as it was scanned, what `GET …/receipt` answered, or SMS in one or two parts among words. */
function compactOf(text: string): string {
  return textOf(readObject(text), 'compact') ?? parseSmsReceipt(text) ?? text.trim()
}

function momentOf(time: string | undefined): Date | undefined {
  if (time === undefined) return undefined
  const moment = new Date(time)
  if (Number.isNaN(moment.getTime())) throw misused(`--at ${time} is no time`, 'Like 2026-11-24T14:03:00Z.')
  return moment
}
