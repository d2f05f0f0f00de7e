import { verifyReceipt } from '@pisto/proof/verify'
import { type Merchant, type Money, type Payment, type PaymentRequest, type Pisto, verifyProof } from '@pisto/sdk'
import { aFundedConsumer, aMerchant, type FundedConsumer } from '@pisto/testkit'
import { judge } from '../receipt-judgement.ts'
import { type DemoTelling, requireThat } from './steps.ts'

/** What the demo leaves behind. */
export interface DemoResult {
  readonly country: string
  readonly merchantId: string
  readonly paymentRequestId: string
  readonly paymentId: string
  readonly transactionId: string
  readonly receipt: string
  readonly treeSize: number
}

export interface DemoOptions {
  readonly client: Pisto
  readonly tell: DemoTelling
  /** Draws a payload. */
  readonly draw: (payload: string) => readonly string[]
  readonly now: () => Date
}

const CHARGE = '30.10'
const FUNDS = '100.00'
const LEFT = '69.90'

/**
 * The whole loop, told step by step: register, charge, pay, and verify without trust in the server.
 * @throws {CommandFailure} something does not hold
 * @throws {PistoError} the server refuses something
 */
export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  const { client, tell } = options
  const { country, currency, name } = await client.tenant.get()
  const money = (amount: string): Money => ({ amount, currency })

  await tell.step(`${name} registers a merchant`)
  const merchant = await aMerchant(client)
  requireThat(merchant.status === 'active' && merchant.accountId !== null, 'the merchant is not active')
  await tell.say(`${merchant.tradeName}: active on tier ${merchant.tier}, alias ${merchant.alias}`)

  await tell.step('A customer opens a wallet and gets play money')
  const payer = await aFundedConsumer(client, FUNDS)
  await tell.say(`${payer.person?.givenNames} ${payer.person?.familyNames}: ${FUNDS} ${currency}`)

  await tell.step(`The merchant charges ${CHARGE} ${currency}`)
  const request = await client.paymentRequests.create({ merchantId: merchant.id, amount: money(CHARGE) })
  await tell.show(options.draw(request.qr.payload))

  await tell.step('The customer scans the code and pays')
  const payment = await pay(options, { merchant, payer, request })
  await tell.say(`${payment.id} is ${payment.status}: number ${payment.sequence} in the books`)
  await checkBalances(options, { merchant, payer })

  await tell.step('The merchant checks the receipt with no signal')
  const receipt = await checkReceipt(options, merchant, request, payment)

  await tell.step('Anybody checks that the payment is in the books for good')
  const treeSize = await checkProof(options, payment)

  const { transactionId } = payment
  const ids = { merchantId: merchant.id, paymentRequestId: request.id, paymentId: payment.id, transactionId }
  return { country, ...ids, receipt, treeSize }
}

interface Deal {
  readonly merchant: Merchant
  readonly payer: FundedConsumer
  readonly request: PaymentRequest
}

async function pay({ client, tell }: DemoOptions, { merchant, payer, request }: Deal): Promise<Payment> {
  const seen = await client.qr.resolve({ payload: request.qr.payload })
  requireThat(seen.signature === 'valid' && seen.amount?.amount === CHARGE, 'the code does not say what it should')
  await tell.say(`The wallet shows: ${seen.payee.name}, ${CHARGE} ${seen.amount.currency}; the signature is valid`)
  const payment = await client.payments.create({ payerAccountId: payer.accountId, qr: request.qr.payload })
  requireThat(payment.status === 'completed' && payment.merchantId === merchant.id, 'the payment is not completed')
  return payment
}

async function checkBalances({ client, tell }: DemoOptions, { merchant, payer }: Omit<Deal, 'request'>): Promise<void> {
  const [theirs, ours] = await Promise.all(
    [merchant.accountId ?? '', payer.accountId].map(
      async (id) => (await client.accounts.get(id)).balances.posted.amount,
    ),
  )
  requireThat(theirs === CHARGE && ours === LEFT, `the balances are ${theirs} and ${ours}`)
  await tell.say(`Balances: merchant ${theirs}, customer ${ours}`)
}

async function checkReceipt(
  { client, tell, now }: DemoOptions,
  merchant: Merchant,
  request: PaymentRequest,
  payment: Payment,
): Promise<string> {
  const { compact } = await client.payments.receipt(payment.id)
  const { keys } = await client.service.keys()
  const { code } = await client.tenant.get()
  const known = { alias: merchant.alias, tenant: code, amount: CHARGE, challenge: request.challenge ?? '' }
  const at = new Date((await client.sandbox.clock()).now)
  const judgement = await judge(verifyReceipt, compact, { keys, issuedAt: now().toISOString() }, known, at)
  requireThat(judgement.colour === 'green', `the receipt is ${judgement.colour}: ${judgement.reason}`)
  await tell.say(compact)
  await tell.say('Green: signed by the bank, for this merchant, this amount and this very charge')
  return compact
}

async function checkProof({ client, tell }: DemoOptions, { transactionId, sequence }: Payment): Promise<number> {
  const [tenant, { keys }] = await Promise.all([client.tenant.get(), client.service.keys()])
  const proof = await client.log.proof(transactionId)
  const proven = await verifyProof(proof, tenant, keys)
  const isThisOne = proven.sequence === sequence && proven.leaf.includes(transactionId)
  requireThat(isThisOne, 'the proof is of another transaction')
  await tell.say(
    `${proof.path.length} hashes lead from it to the root that the bank has signed for ${proof.treeSize} leaves`,
  )
  return proof.treeSize
}
