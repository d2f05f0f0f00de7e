import { publishKey } from '../publish-key.ts'
import { ed25519Signer } from '../signer.ts'
import type { ReceiptContext, ReceiptFields } from '../verify.ts'

export const NOW = 1_795_536_000 // 2026-11-24T16:00:00Z

/** The key of that number, always the same. */
export const signerOf = (n: number): ReturnType<typeof ed25519Signer> => ed25519Signer(new Uint8Array(32).fill(n))

/** What the directory says about the bank's receipt keys. */
export const RECEIPT_KEY = {
  use: 'receipt',
  tenant: 'BANK',
  livemode: true,
  validFrom: '2026-01-01T00:00:00Z',
  validTo: null,
} as const

/** The bank's key of number 1. */
export const bank = signerOf(1)

/** A payment of a minute ago that answers the charge open in `known`. */
export const paid: ReceiptFields = {
  paymentId: '01kb00000000000000000000az',
  payeeAlias: '502712345678',
  amount: '30.10',
  currency: 'GTQ',
  paidAtSeconds: NOW - 60,
  challenge: '7k2m9qxa',
}

/** What the shop's device knows. */
export const known: ReceiptContext = {
  directory: { issuedAt: '2026-11-24T12:00:00Z', keys: [publishKey(bank.publicKey, RECEIPT_KEY)] },
  shop: { alias: '502712345678', tenant: 'BANK', livemode: true },
  openCharges: [{ challenge: '7k2m9qxa', amount: '30.10', currency: 'GTQ' }],
  shownBefore: () => false,
  nowSeconds: NOW,
}
