import { parseReceipt, type ReceiptFields } from '@pisto/proof'
import type { KeyDirectory, ReceiptVerdict, verifyReceipt } from '@pisto/proof/verify'
import type { Keys } from './keys.ts'

/** What the shop knows of itself and of the charge on its screen. */
export interface KnownCharge {
  readonly alias?: string
  readonly tenant?: string
  readonly amount?: string
  readonly currency?: string
  readonly challenge?: string
}

export interface Judgement {
  readonly colour: ReceiptVerdict['colour']
  readonly reason: ReceiptVerdict['reason']
  readonly warnings: readonly string[]
  readonly paymentId: string | null
  readonly payeeAlias: string | null
  readonly amount: string | null
  readonly currency: string | null
  readonly paidAt: string | null
  readonly tenantCode: string | null
  readonly livemode: boolean | null
  /** What was not given, so that nothing was compared with it. */
  readonly unchecked: readonly ('alias' | 'tenant' | 'amount' | 'challenge')[]
}

/**
 * Judges a receipt as a shop's phone would. What the shop did not tell is taken from the receipt itself, and is named in
 * `unchecked`: then the verdict says only that the receipt is genuine.
 */
export async function judge(
  verify: typeof verifyReceipt,
  compact: string,
  keys: Keys,
  known: KnownCharge,
  at: Date,
): Promise<Judgement> {
  const claimed = claimOf(compact)
  const key = keys.keys.find(({ kid, use }) => kid === claimed?.keyId && use === 'receipt')
  const shop = {
    alias: known.alias ?? claimed?.fields.payeeAlias ?? '',
    tenant: known.tenant ?? key?.tenantCode ?? '',
    livemode: key?.livemode ?? false,
  }
  const verdict = await verify(compact, {
    directory: directoryOf(keys),
    shop,
    openCharges: claimed === undefined ? 'unknown' : openCharges(known, claimed.fields),
    shownBefore: () => false, // this is no till: it remembers nothing
    nowSeconds: Math.floor(at.getTime() / 1000),
  })
  const { colour, reason } = withAmount(verdict, known)
  const { fields, warnings } = verdict
  return {
    colour,
    reason,
    warnings,
    paymentId: fields === null ? null : `pay_${fields.paymentId}`,
    payeeAlias: fields?.payeeAlias ?? null,
    amount: fields?.amount ?? null,
    currency: fields?.currency ?? null,
    paidAt: fields === null ? null : new Date(fields.paidAtSeconds * 1000).toISOString(),
    tenantCode: fields === null ? null : shop.tenant,
    livemode: fields === null ? null : shop.livemode,
    unchecked: (['alias', 'tenant', 'amount', 'challenge'] as const).filter((name) => known[name] === undefined),
  }
}

function claimOf(compact: string): ReturnType<typeof parseReceipt> | undefined {
  try {
    return parseReceipt(compact)
  } catch {
    return undefined // the verifier says so
  }
}

const directoryOf = ({ keys, issuedAt }: Keys): KeyDirectory => ({
  issuedAt,
  keys: keys.map(({ kty, crv, x, kid, use, tenantCode, livemode, validFrom, validTo }) => {
    return { kty, crv, x, kid, use, tenant: tenantCode, livemode, validFrom, validTo }
  }),
})

function openCharges(known: KnownCharge, { amount, currency }: ReceiptFields) {
  const { challenge } = known
  return challenge === undefined
    ? 'unknown'
    : [{ challenge, amount: known.amount ?? amount, currency: known.currency ?? currency }]
}

/** With a static code there is no challenge, but the shop still knows what it asked for. */
function withAmount(verdict: ReceiptVerdict, known: KnownCharge): Pick<ReceiptVerdict, 'colour' | 'reason'> {
  const { fields } = verdict
  if (verdict.colour === 'red' || fields === null) return verdict
  const isOther =
    (known.amount !== undefined && known.amount !== fields.amount) ||
    (known.currency !== undefined && known.currency !== fields.currency)
  return isOther ? { colour: 'red', reason: 'other_amount' } : verdict
}
