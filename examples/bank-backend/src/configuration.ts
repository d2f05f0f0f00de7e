import { env } from 'node:process'

/** How the service runs. `readConfiguration` is the only way to one. */
export interface Configuration {
  /** Where Pisto is. */
  readonly pistoUrl: string
  readonly pistoKey: string
  /** The bank's own wallet at Pisto: `acc_…`. */
  readonly payerAccountId: string
  /** Where the core system is. */
  readonly coreUrl: string
  /** 0: any free one. */
  readonly port: number
  /** Folder of the journal and the event cursor. */
  readonly dataFolder: string
}

export type Environment = Readonly<Record<string, string | undefined>>

/** A setting is missing or cannot be: the message names all of them. */
export class ConfigurationInvalid extends Error {
  override readonly name = 'ConfigurationInvalid'
}

/**
 * @param environment `PISTO_URL`, `PISTO_KEY`, `PISTO_PAYER_ACCOUNT`, `CORE_URL`; `PORT` (default 8080), `BANK_DATA`
 *   (default `.pisto/bank-backend`).
 * @throws {ConfigurationInvalid}
 */
export function readConfiguration(environment: Environment = env): Configuration {
  const faults: string[] = []
  const read = (name: string, pattern: RegExp, what: string, fallback = ''): string => {
    const value = environment[name] || fallback
    if (!pattern.test(value)) faults.push(`${name} is ${what}`)
    return value
  }
  const configuration = {
    pistoUrl: read('PISTO_URL', HTTP_URL, 'the address of Pisto, e.g. http://127.0.0.1:8787'),
    pistoKey: read('PISTO_KEY', /^\S+$/, 'the API key of the bank'),
    payerAccountId: read('PISTO_PAYER_ACCOUNT', /^acc_[0-9a-hjkmnp-tv-z]{26}$/, 'the wallet the bank pays from: acc_…'),
    coreUrl: read('CORE_URL', HTTP_URL, 'the address of the core system'),
    port: Number(read('PORT', PORT, 'a number from 0 to 65535', '8080')),
    dataFolder: read('BANK_DATA', /./, 'a folder', '.pisto/bank-backend'),
  }
  if (faults.length > 0) throw new ConfigurationInvalid(`${faults.join('; ')}.`)
  return configuration
}

const HTTP_URL = /^https?:\/\/\S+$/
const PORT = /^(\d{1,4}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])$/
