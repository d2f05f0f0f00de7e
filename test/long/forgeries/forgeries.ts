import { verifyReceipt } from '@pisto/proof/verify'
import { examineSigned } from '@pisto/qr/signed'
import { Draws } from '../../seeded.ts'
import { CODE_FORGERS, type Forger, RECEIPT_FORGERS } from './forgers.ts'
import { CODES, lookupIn, NOW_SECONDS, RECEIPTS, SHOP } from './genuine.ts'

export interface ForgeriesOptions {
  readonly count: number
  /** The same seed makes the same forgeries. */
  readonly seed: number
}

export interface ForgeriesReport {
  readonly forgeries: number
  /** How many of each kind: `code: moved to another name`. */
  readonly byKind: Readonly<Record<string, number>>
  /** What was believed: must be empty. */
  readonly faults: readonly string[]
}

interface Kind {
  readonly name: string
  readonly forge: Forger
  /** @returns Why it is believed, or undefined. */
  readonly believed: (text: string) => Promise<string | undefined>
}

const KINDS: readonly Kind[] = [
  ...Object.entries(CODE_FORGERS).map(([name, forge]) => ({ name: `code: ${name}`, forge, believed: codeBelieved })),
  // codes as genuine as can be, in a wallet of the other mode
  { name: 'code: moved to another mode', forge: (draws) => draws.pick(CODES), believed: codeBelievedInSandbox },
  ...Object.entries(RECEIPT_FORGERS).map(([name, forge]) => ({
    name: `receipt: ${name}`,
    forge,
    believed: receiptBelieved,
  })),
  {
    name: 'receipt: moved to another mode',
    forge: (draws) => draws.pick(RECEIPTS),
    believed: receiptBelievedInSandbox,
  },
]

/** Makes forgeries of signed codes and of receipts, of each kind as many, and shows each to a verifier. */
export async function runForgeries({ count, seed }: ForgeriesOptions): Promise<ForgeriesReport> {
  const byKind: Record<string, number> = {}
  const faults: string[] = []
  for (let n = 0; n < count; n++) {
    const kind = KINDS[n % KINDS.length] as Kind
    const text = await forgery(kind, new Draws('forgery', seed, n))
    byKind[kind.name] = (byKind[kind.name] ?? 0) + 1
    const believed = await kind.believed(text)
    if (believed !== undefined) faults.push(`${kind.name} ${n}: ${believed}: ${text}`)
  }
  return { forgeries: count, byKind, faults }
}

/** A change may give back what it began with: that is no forgery. */
async function forgery({ forge, believed }: Kind, draws: Draws): Promise<string> {
  const sandbox = believed === codeBelievedInSandbox || believed === receiptBelievedInSandbox
  for (;;) {
    const text = await forge(draws)
    if (sandbox || !(CODES.includes(text) || RECEIPTS.includes(text))) return text
  }
}

async function codeBelieved(payload: string): Promise<string | undefined> {
  return codeVerdict(payload, true)
}

async function codeBelievedInSandbox(payload: string): Promise<string | undefined> {
  return codeVerdict(payload, false)
}

/** `unsigned` is another network's code: only what no longer says that it is ours may be taken for one. */
async function codeVerdict(payload: string, livemode: boolean): Promise<string | undefined> {
  const { verdict } = await examineSigned(payload, lookupIn(livemode), { at: new Date(NOW_SECONDS * 1000) })
  const saysOurs = /0009org\.pisto/i.test(payload.slice(0, payload.indexOf('5204')))
  return verdict === 'valid' || (verdict === 'unsigned' && saysOurs) ? verdict : undefined
}

async function receiptBelieved(text: string): Promise<string | undefined> {
  return receiptVerdict(text, true)
}

async function receiptBelievedInSandbox(text: string): Promise<string | undefined> {
  return receiptVerdict(text, false)
}

async function receiptVerdict(text: string, livemode: boolean): Promise<string | undefined> {
  const { colour } = await verifyReceipt(text, { ...SHOP, shop: { ...SHOP.shop, livemode } })
  return colour === 'red' ? undefined : colour
}
