import type { CountryCode } from '@pisto/contract'
import { CURRENCIES } from '@pisto/money/currencies'
import { formatMinor } from '@pisto/money/text'
import { type CodeFields, type GuidOption, type PistoTemplate, toAscii, withPistoTemplate, writeName } from '@pisto/qr'
import { signPayload } from '@pisto/qr/signed'
import type { Payee } from '../registrations/payees.ts'
import type { SigningKey } from '../tenants/keys.ts'
import type { TenantProfile } from '../tenants/profile.ts'
import type { PaymentRequest } from './payment-request.ts'

/** What a dynamic code says beyond a static one. */
export type CodeRequest = Pick<PaymentRequest, 'id' | 'amountMinor' | 'currency' | 'challenge' | 'expiresAt'>

/** Object 54 has at most this many characters (EMVCo MPM 1.1): a code cannot carry every amount. */
export const CODE_AMOUNT_LENGTH = 13

/** Object 60 is mandatory: a merchant without a city is at home in its country. R17: at most 15 characters. */
const COUNTRY_NAME: Readonly<Record<CountryCode, string>> = { GT: 'Guatemala', HN: 'Honduras', SV: 'El Salvador' }

const NAME_LENGTH = 25

/** What a code says beyond who is paid. */
export interface CodeContent {
  /** Of the request that it is for, or of the code itself. */
  readonly ids?: Pick<PistoTemplate, 'requestId' | 'codeId'>
  /** For one payment: a dynamic code. */
  readonly isForOne: boolean
  readonly fields?: Pick<CodeFields, 'amount' | 'tipIndicator' | 'feeFixed' | 'feePercent' | 'additionalData'>
  readonly expiresAt?: Date | undefined
}

type CodeTenant = Pick<TenantProfile, 'code' | 'country' | 'currency'>
type CodePayee = Pick<Payee, 'alias' | 'tradeName' | 'city' | 'categoryCode'>

/**
 * Writes and signs a merchant's code: who is paid, at which bank, under which name; with a request also how much,
 * until when, and the challenge that the receipt will repeat.
 *
 * @param payee The name goes in as it is: written in ASCII, cut at a word, its true spelling in template 64 (R23).
 * @param network Whose codes are written; default Pisto's own.
 * @param request Left out: a static code for the counter, to which the payer adds the amount.
 * @returns The payload of the QR code, signed with the tenant's `qr` key.
 * @throws {InvalidCode} the amount has more than 13 characters
 * @see EMV QR Code Specification for Payment Systems: Merchant-Presented Mode 1.1
 */
export async function merchantCode(
  tenant: CodeTenant,
  payee: CodePayee,
  key: SigningKey,
  request?: CodeRequest,
  network: GuidOption = {},
): Promise<string> {
  if (request === undefined) return signedCode(tenant, payee, key, { isForOne: false }, network)
  const { id, amountMinor, currency, challenge, expiresAt } = request
  const content: CodeContent = {
    ids: { requestId: id.slice('req_'.length) },
    isForOne: true,
    fields: { amount: formatMinor(amountMinor, currency), additionalData: { '05': challenge } },
    expiresAt,
  }
  return signedCode(tenant, payee, key, content, network)
}

/** The same with any content. @throws {InvalidCode} what it shall say does not fit into a code */
export async function signedCode(
  tenant: CodeTenant,
  payee: CodePayee,
  key: SigningKey,
  { ids, isForOne, fields: content, expiresAt }: CodeContent,
  network: GuidOption = {},
): Promise<string> {
  const { alias, categoryCode, city } = payee
  const fields: CodeFields = {
    pointOfInitiation: isForOne ? '12' : '11',
    merchantAccounts: withPistoTemplate({}, { tenantCode: tenant.code, alias, ...ids }, network),
    mcc: categoryCode,
    currency: CURRENCIES[tenant.currency].number,
    country: tenant.country,
    ...nameOf(payee),
    merchantCity: city !== null && toAscii(city) !== '' ? city : COUNTRY_NAME[tenant.country],
    ...content,
  }
  return signPayload(fields, key, { ...network, ...(expiresAt && { expiresAt }) })
}

/** A name without a single ASCII letter (`饺子馆`) is shown as it is in template 64, and by its alias elsewhere. */
function nameOf({
  tradeName,
  alias,
}: Pick<Payee, 'tradeName' | 'alias'>): Pick<CodeFields, 'merchantName' | 'language'> {
  const { ascii, spelled } = writeName(tradeName, NAME_LENGTH)
  if (ascii !== '') return { merchantName: tradeName }
  const merchantName = `Comercio ${alias}`
  return spelled === '' ? { merchantName } : { merchantName, language: { '00': 'es', '01': spelled } }
}
