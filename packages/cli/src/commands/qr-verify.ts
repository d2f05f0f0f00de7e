import { decodeBase64Url } from '@pisto/proof'
import { DEFAULT_GUID, parse, pistoTemplate } from '@pisto/qr'
import { examineSigned, type RefusalReason, type SignatureVerdict } from '@pisto/qr/signed'
import { parseSmsCharge } from '@pisto/qr/sms'
import { Command } from 'commander'
import { Unsuccessful } from '../failure.ts'
import { readText } from '../input.ts'
import { hasBegun, KEYS_HELP, type Keys, readKeys } from '../keys.ts'
import { shown } from '../rendering/table.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

interface QrVerifyOptions {
  readonly keys: string
  readonly guid: string
  readonly json?: true
}

/** What `pisto qr verify --json` says. */
interface Verification {
  readonly verdict: SignatureVerdict
  readonly reason: RefusalReason | null
  readonly tenantCode: string | null
  readonly alias: string | null
  readonly merchantName: string | null
  readonly livemode: boolean | null
}

export function qrVerifyCommand(terminal: Terminal): Command {
  return new Command('verify')
    .description('check the signature of a Pisto code: did this tenant issue it for this payee?')
    .argument('<payload>', 'the text of the scanned code, or SMS with a charge (PC1,…); - reads it from standard input')
    .requiredOption('--keys <url|file>', KEYS_HELP)
    .option('--guid <text>', 'the network whose codes are ours', DEFAULT_GUID)
    .option('--json', 'one line of JSON')
    .action(async (payload: string, options: QrVerifyOptions) => {
      const given = payload === '-' ? await readText(terminal, '-') : payload
      const text = parseSmsCharge(given) ?? given
      const verification = await verify(text, await readKeys(terminal, options.keys), terminal.now(), options)
      if (options.json) await printJson(terminal, verification)
      else await print(terminal, ...renderVerification(terminal, verification))
      const isTrusted = verification.verdict === 'valid' || verification.verdict === 'unsigned'
      if (!isTrusted) throw new Unsuccessful()
    })
}

async function verify(
  payload: string,
  { keys }: Keys,
  at: Date,
  { guid }: Pick<QrVerifyOptions, 'guid'>,
): Promise<Verification> {
  const usable = keys.filter((key) => key.use === 'qr' && hasBegun(key, at)) // printed codes outlive their key
  let livemode: boolean | null = null
  const lookup = (keyId: string) => {
    const key = usable.find(({ kid }) => kid === keyId)
    if (key === undefined) return undefined
    livemode = key.livemode
    return { publicKey: decodeBase64Url(key.x), tenantCode: key.tenantCode }
  }
  const { verdict, reason } = await examineSigned(payload, lookup, { at, guid })
  const { fields } = parse(payload)
  const template = pistoTemplate(fields, { guid })
  return {
    verdict,
    reason: reason ?? null,
    tenantCode: template?.tenantCode ?? null,
    alias: template?.alias ?? null,
    merchantName: fields.language?.['01'] ?? fields.merchantName ?? null,
    livemode,
  }
}

const MEANINGS: Readonly<Record<SignatureVerdict, string>> = {
  valid: 'this tenant issued it for this payee, under this name',
  invalid: 'do not pay: the code was changed, or is not what it claims to be',
  missing: 'do not pay: it claims to be a Pisto code, but has no signature',
  unsigned: 'the code of another network: nobody vouches for it here',
}

function renderVerification({ colours }: Terminal, verification: Verification): string[] {
  const { verdict, reason, tenantCode, alias, merchantName, livemode } = verification
  const paint = verdict === 'valid' ? colours.green : verdict === 'unsigned' ? colours.yellow : colours.red
  const facts = [
    ['name', merchantName],
    ['tenant', tenantCode],
    ['alias', alias],
    ['mode', livemode === null ? null : livemode ? 'live' : 'sandbox: play money'],
  ] as const
  return [
    `${paint(verdict)}: ${MEANINGS[verdict]}${reason === null ? '' : ` (${reason})`}`,
    ...facts.flatMap(([name, value]) => (value === null ? [] : [`${name.padEnd(8)}${shown(value)}`])),
  ]
}
