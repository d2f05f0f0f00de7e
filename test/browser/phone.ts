import type { ReceiptContext } from '@pisto/proof/verify'

/** What the page of a phone gives to the test that holds it. */
export interface Phone {
  /** The payer's: shows a receipt as QR code. */
  show(receipt: string): void
  /** The shop's: reads a picture (PNG, base64) of what the payer shows, judges it and says so on the screen. */
  scan(picture: string, known: Omit<ReceiptContext, 'shownBefore'>): Promise<void>
}
