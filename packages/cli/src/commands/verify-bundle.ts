import { type EvidenceBundle, MalformedProof, ProofRejected, verifyEvidence } from '@pisto/proof'
import { Command } from 'commander'
import { Unsuccessful } from '../failure.ts'
import { readText } from '../input.ts'
import { KEYS_HELP, readKeys } from '../keys.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

interface BundleOptions {
  readonly keys: string
  readonly json?: true
}

export function verifyBundleCommand(terminal: Terminal): Command {
  return new Command('verify-bundle')
    .description('check the evidence about a merchant who moved: who signed it, and that its records are the log’s')
    .argument('<file>', 'as GET /v1/ports/{id}/bundle answers it; - reads standard input')
    .requiredOption('--keys <url|file>', KEYS_HELP)
    .option('--json', 'one line of JSON, with all that the bundle says')
    .action(async (file: string, options: BundleOptions) => {
      const text = `${await readText(terminal, file)}\n`
      const { keys } = await readKeys(terminal, options.keys)
      const known = keys.map(({ tenantCode, ...key }) => ({ ...key, tenant: tenantCode }))
      const verdict = await judge(text, known)
      if (options.json) await printJson(terminal, verdict)
      else await print(terminal, ...told(terminal, verdict))
      if (!verdict.ok) throw new Unsuccessful()
    })
}

type Verdict =
  | { readonly ok: true; readonly bundle: EvidenceBundle }
  | { readonly ok: false; readonly code: string; readonly message: string }

async function judge(text: string, keys: Parameters<typeof verifyEvidence>[1]): Promise<Verdict> {
  try {
    return { ok: true, bundle: await verifyEvidence(text, keys) }
  } catch (error) {
    if (!(error instanceof ProofRejected || error instanceof MalformedProof)) throw error
    return { ok: false, code: error.code, message: error.message }
  }
}

function told({ colours }: Terminal, verdict: Verdict): string[] {
  if (!verdict.ok) return [colours.red(`not genuine: ${verdict.message} (${verdict.code})`)]
  const { issuer, audience, issuedAt, origin, records } = verdict.bundle
  return [
    colours.green(`genuine: signed by ${issuer} for ${audience} on ${issuedAt}`),
    `${records.length} decisions opened, committed to in ${origin}`,
    ...records.map(({ leafIndex, transactionId }) => `  leaf ${leafIndex}: ${transactionId}`),
  ]
}
