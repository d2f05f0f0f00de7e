import { ed25519Signer, type PublishedKey, publishKey, signReceipt } from '@pisto/proof'
import type { ReceiptContext } from '@pisto/proof/verify'
import { type CodeFields, withPistoTemplate } from '@pisto/qr'
import { type LookupKey, signPayload } from '@pisto/qr/signed'
import { seededBytes } from '../../seeded.ts'

/** 2026-11-24T16:00:00Z */
export const NOW_SECONDS = 1_795_536_000

const signerOf = (name: string) => ed25519Signer(seededBytes('forgeries', name))
/** Our bank, a neighbour's bank that is as honest, and one that no directory has. */
export const SIGNERS = {
  codes: signerOf('codes'),
  receipts: signerOf('receipts'),
  otherCodes: signerOf('other codes'),
  otherReceipts: signerOf('other receipts'),
  stranger: signerOf('stranger'),
}

const keyOf = (signer: keyof typeof SIGNERS, use: 'qr' | 'receipt', tenant: string, livemode = true): PublishedKey =>
  publishKey(SIGNERS[signer].publicKey, { use, tenant, livemode, validFrom: '2026-01-01T00:00:00Z', validTo: null })

const KEYS = [
  keyOf('codes', 'qr', 'gtbank'),
  keyOf('receipts', 'receipt', 'gtbank'),
  keyOf('otherCodes', 'qr', 'otherbank'),
  keyOf('otherReceipts', 'receipt', 'otherbank'),
]

/** Keys as a wallet of that mode finds them. */
export const lookupIn =
  (livemode: boolean): LookupKey =>
  (keyId) => {
    const key = KEYS.find(({ kid, use }) => kid === keyId && use === 'qr')
    return key?.livemode === livemode
      ? { publicKey: Buffer.from(key.x, 'base64url'), tenantCode: key.tenant }
      : undefined
  }

export const PAYEE = { tenantCode: 'gtbank', alias: '482915307720' }
export const NEIGHBOUR = { tenantCode: 'gtbank', alias: '100000000093' }

const shop: CodeFields = {
  pointOfInitiation: '11',
  merchantAccounts: withPistoTemplate({}, PAYEE),
  mcc: '5411',
  currency: '320',
  country: 'GT',
  merchantName: 'Tienda Rosa',
  merchantCity: 'Antigua',
}

/** A printed code, and one of a charge. */
export const CODES: readonly string[] = [
  await signPayload(shop, SIGNERS.codes),
  await signPayload(
    {
      ...shop,
      pointOfInitiation: '12',
      amount: '30.10',
      merchantName: 'Tortillería Ñandú',
      merchantAccounts: withPistoTemplate({}, { ...PAYEE, requestId: '01jc9z3k5qf7v8w2x4y6z0a1b3' }),
      additionalData: { '05': '7k2m9qxa' },
    },
    SIGNERS.codes,
    { expiresAt: new Date((NOW_SECONDS + 300) * 1000) },
  ),
]
/** The neighbour's own code: as genuine, under its own name. */
export const NEIGHBOURS_CODE = await signPayload(
  { ...shop, merchantAccounts: withPistoTemplate({}, NEIGHBOUR), merchantName: 'Tienda Luz' },
  SIGNERS.codes,
)

const paid = {
  paymentId: '01kb00000000000000000000az',
  payeeAlias: PAYEE.alias,
  amount: '30.10',
  currency: 'GTQ',
  paidAtSeconds: NOW_SECONDS - 60,
  challenge: '7k2m9qxa',
}
/** The receipt of the charge, and one for the printed code. */
export const RECEIPTS: readonly string[] = [
  await signReceipt(paid, SIGNERS.receipts),
  await signReceipt({ ...paid, paymentId: '01kb00000000000000000000b0', challenge: '' }, SIGNERS.receipts),
]
/** The same payment to the neighbour: genuine, and nothing for our shop. */
export const NEIGHBOURS_RECEIPT = await signReceipt({ ...paid, payeeAlias: NEIGHBOUR.alias }, SIGNERS.receipts)

/** What our shop's phone knows. */
export const SHOP: ReceiptContext = {
  directory: { issuedAt: '2026-11-24T12:00:00Z', keys: KEYS },
  shop: { alias: PAYEE.alias, tenant: 'gtbank', livemode: true },
  openCharges: [{ challenge: paid.challenge, amount: paid.amount, currency: paid.currency }],
  shownBefore: () => false,
  nowSeconds: NOW_SECONDS,
}
