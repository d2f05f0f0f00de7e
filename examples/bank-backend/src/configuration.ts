import { env } from 'node:process'

/** How to reach Pisto. */
interface PistoAccess {
  readonly pistoUrl: string
  readonly pistoKey: string
}

/** How the service runs. `readConfiguration` is the only way to one. */
export interface Configuration extends PistoAccess {
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

/** A setting is missing or cannot be: the message names all of them, and no value. */
export class ConfigurationInvalid extends Error {
  override readonly name = 'ConfigurationInvalid'
}

/**
 * @param environment `PISTO_URL`, `PISTO_KEY`, `PISTO_PAYER_ACCOUNT`, `CORE_URL`; `PORT` (default 8080), `BANK_DATA`
 *   (default `.pisto/bank-backend`).
 * @throws {ConfigurationInvalid}
 */
export function readConfiguration(environment: Environment = env): Configuration {
  return read(environment, (setting) => ({
    ...accessFrom(setting),
    payerAccountId: setting('PISTO_PAYER_ACCOUNT', ACCOUNT, 'the wallet that the bank pays from: acc_…'),
    coreUrl: setting('CORE_URL', HTTP_URL, 'the address of the core system'),
    port: Number(setting('PORT', PORT, 'a number from 0 to 65535', '8080')),
    dataFolder: setting('BANK_DATA', /./, 'a folder', '.pisto/bank-backend'),
  }))
}

/** Of the settings, only how to reach Pisto. @throws {ConfigurationInvalid} */
export const readPistoAccess = (environment: Environment = env): PistoAccess => read(environment, accessFrom)

type Setting = (name: string, pattern: RegExp, what: string, fallback?: string) => string

const accessFrom = (setting: Setting): PistoAccess => ({
  pistoUrl: setting('PISTO_URL', HTTP_URL, 'the address of Pisto, e.g. http://127.0.0.1:8787'),
  pistoKey: setting('PISTO_KEY', /^\S+$/, 'the API key of the bank'),
})

function read<T>(environment: Environment, from: (setting: Setting) => T): T {
  const faults: string[] = []
  const settings = from((name, pattern, what, fallback = '') => {
    const value = environment[name] || fallback
    if (!pattern.test(value)) faults.push(`${name} is ${what}`)
    return value
  })
  if (faults.length > 0) throw new ConfigurationInvalid(`${faults.join('; ')}.`)
  return settings
}

const HTTP_URL = /^https?:\/\/\S+$/
const ACCOUNT = /^acc_[0-9a-hjkmnp-tv-z]{26}$/
const PORT = /^(\d{1,4}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])$/
