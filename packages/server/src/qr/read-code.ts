import { type FieldError, type Money, PistoProblem } from '@pisto/contract'
import { currencyOfNumber } from '@pisto/money/currencies'
import { type Finding, type MerchantFields, type PistoTemplate, parse, pistoTemplate } from '@pisto/qr'
import { explain } from '@pisto/qr/doctor'
import { examineSigned, type LookupKey } from '@pisto/qr/signed'
import type { Runtime } from '../platform/runtime/runtime.ts'

/** A code that may be shown to a payer: its signature is genuine, or it does not claim to be ours. */
export type ReadCode = {
  readonly fields: MerchantFields
  /** In a currency that wallets hold; null: the code names none, or one of elsewhere. */
  readonly amount: Money | null
} & ({ readonly signature: 'valid'; readonly template: PistoTemplate } | { readonly signature: 'unsigned' })

/** Whom this server trusts: the published keys, which of the two worlds it is, and which codes are ours. */
export interface Trust extends Pick<Runtime, 'keys' | 'qrGuid'> {
  readonly livemode: boolean
}

/**
 * Reads a scanned code and judges its signature; who is behind it is a question to the database.
 *
 * @param pointer Of the payload in the request.
 * @returns The code, or why it is refused: `qr_invalid` with each finding, `qr_signature_missing`,
 *   `qr_signature_invalid`. Given, not thrown: a refusal is stored under the request's key.
 */
export async function readCode(trust: Trust, payload: string, pointer: string): Promise<ReadCode | PistoProblem> {
  const { ok, fields, findings } = parse(payload)
  if (!ok) return new PistoProblem('qr_invalid', {}, { errors: errorsOf(findings, pointer) })
  const guid = { guid: trust.qrGuid }
  const { verdict, reason } = await examineSigned(payload, lookUp(trust), guid)
  const amount = amountOf(fields)
  if (verdict === 'unsigned') return { signature: verdict, fields, amount }
  if (verdict === 'missing') return new PistoProblem('qr_signature_missing')
  const template = pistoTemplate(fields, guid)
  if (verdict === 'invalid' || template === undefined) {
    return new PistoProblem('qr_signature_invalid', { reason: reason ?? 'template_invalid' })
  }
  return { signature: 'valid', fields, amount, template }
}

/** Only keys that may sign codes, of this world. Printed codes outlive their key: it is believed until withdrawn. */
const lookUp =
  ({ keys, livemode }: Trust): LookupKey =>
  async (keyId) => {
    const key = await keys.find(keyId)
    return key?.use === 'qr' && key.livemode === livemode ? key : undefined
  }

/** `30`, `30.1` and `0030.10` occur in codes of others. */
function amountOf({ amount, currency: number }: Pick<MerchantFields, 'amount' | 'currency'>): Money | null {
  const currency = currencyOfNumber(number)
  const [, whole, part = ''] = /^0*(\d+)(?:\.(\d{1,2}))?$/.exec(amount ?? '') ?? []
  if (whole === undefined || (currency !== 'GTQ' && currency !== 'HNL' && currency !== 'USD')) return null
  return { amount: `${whole}.${part.padEnd(2, '0')}`, currency }
}

const errorsOf = (findings: readonly Finding[], pointer: string): FieldError[] =>
  findings
    .filter(({ severity }) => severity === 'error')
    .map(explain)
    .map(({ code, message, messageEs }) => ({ pointer, code, message, messageEs }))
