import type { QrTip } from '@pisto/contract'
import { multiplyMinor } from '@pisto/money'
import type { CodeFields } from '@pisto/qr'
import { minorOf } from '../platform/minor.ts'

/**
 * What comes on top of an amount, in minor units: a fixed fee is itself; a percentage is rounded once, to the nearest
 * centavo, half a centavo up; a tip is what the payer gives.
 *
 * @param given The payer's tip; counts only where the code asks for one.
 */
export function onTopOf(amountMinor: bigint, tip: QrTip | null, given: bigint): bigint {
  if (tip === null) return 0n
  if (tip.kind === 'prompt') return given
  if (tip.kind === 'fixed') return minorOf(tip.amount)
  return multiplyMinor(amountMinor, rateOf(tip.percent), 'halfUp')
}

/** `12.50` percent is `0.1250`: the point moves, nothing is computed. */
function rateOf(percent: string): string {
  const [whole = '', part = ''] = percent.split('.')
  return `0.${whole.padStart(2, '0')}${part}`
}

type TipFields = Pick<CodeFields, 'tipIndicator' | 'feeFixed' | 'feePercent'>

/** Objects 55 to 57. @see EMV QR Code Specification for Payment Systems: Merchant-Presented Mode 1.1, section 4.7.4 */
export function tipFields(tip: QrTip | undefined): TipFields {
  if (tip === undefined) return {}
  if (tip.kind === 'prompt') return { tipIndicator: '01' }
  if (tip.kind === 'fixed') return { tipIndicator: '02', feeFixed: tip.amount.amount }
  return { tipIndicator: '03', feePercent: tip.percent }
}

/** The rule as the log says it: `prompt`, `fixed 1.50`, `percent 5.00`. */
export function tipText(tip: QrTip): string {
  if (tip.kind === 'prompt') return tip.kind
  return tip.kind === 'fixed' ? `fixed ${tip.amount.amount}` : `percent ${tip.percent}`
}
