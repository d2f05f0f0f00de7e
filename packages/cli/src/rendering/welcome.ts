import type { SandboxTenant } from '@pisto/server'
import { PROGRAM } from '../invocation.ts'
import { renderTable, type Screen } from './table.ts'

export interface ReadySandbox {
  readonly url: string
  readonly tenants: readonly SandboxTenant[]
  /** Where the books are, in words. */
  readonly books: string
  readonly secondsToReady: number
}

/** What a newcomer sees: who is there, and what to do next, ready to be copied. */
export function renderWelcome(screen: Screen, { url, tenants, books, secondsToReady }: ReadySandbox): string[] {
  const { bold, dim, green, cyan } = screen.colours
  const keyOf = (country: string): string => tenants.find((tenant) => tenant.country === country)?.apiKey ?? ''
  const key = keyOf('GT')
  const rows = tenants.map(({ country, name, currency, apiKey }) => [country, name, currency, apiKey])
  const command = (text: string): string => `    ${cyan(text)}`
  const connection = `--url ${url} --key`
  return [
    `${green('●')} ${bold('Pisto sandbox')} at ${bold(url)}, ready in ${secondsToReady.toFixed(1)} s`,
    `  Books ${books}`,
    '',
    renderTable(screen, ['country', 'tenant', 'currency', 'API key'], rows),
    '',
    bold('What to do next, in another terminal'),
    dim('  Who am I?'),
    command(`curl -H 'Authorization: Bearer ${key}' ${url}/v1/tenant`),
    dim('  Register a merchant, charge, pay, verify the receipt: step by step'),
    command(`${PROGRAM} demo ${connection} ${key}`),
    dim('  Register 400 merchants, each with the tenant of its country'),
    command(`${PROGRAM} import merchants test/data/merchants.csv --url ${url} \\`),
    command(`  ${tenants.map(({ apiKey }) => `--key ${apiKey}`).join(' \\\n      ')} --out result.csv`),
    dim('  Recompute the books, balances and proofs'),
    command(`${PROGRAM} verify ${connection} ${key}`),
    '',
    bold('From a program'),
    command(`import { Pisto } from '@pisto/sdk'`),
    command(`const pisto = new Pisto({ baseUrl: '${url}', apiKey: '${key}' })`),
    command(`const { name } = await pisto.tenant.get()`),
    '',
    `The whole API: ${url}/openapi.json`,
    dim('Ctrl-C stops it.'),
  ]
}
