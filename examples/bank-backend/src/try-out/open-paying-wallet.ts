import process from 'node:process'
import { Pisto } from '@pisto/sdk'
import { aFundedConsumer } from '@pisto/testkit'
import { readPistoAccess } from '../configuration.ts'

/**
 * Opens a wallet in the sandbox with 10,000.00 of play money, and prints its account: the bank's paying wallet, for
 * `PISTO_PAYER_ACCOUNT`.
 */
const { pistoUrl, pistoKey } = readPistoAccess()
const { accountId } = await aFundedConsumer(new Pisto({ baseUrl: pistoUrl, apiKey: pistoKey }), '10000.00')
process.stdout.write(`${accountId}\n`)
