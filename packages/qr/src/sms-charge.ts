import { fromBase64Url, toBase64Url } from './base64url.ts'
import { build, type CodeFields } from './build.ts'
import { parse } from './parse.ts'
import {
  DEFAULT_GUID,
  type GuidOption,
  type PistoTemplate,
  pistoTemplate,
  withPistoTemplate,
} from './pisto-template.ts'
import { readSignatureTemplates, writeSignature } from './signature-templates.ts'
import { spellForSms, unspellFromSms } from './sms-spelling.ts'
import { readings, type SmsOptions, withWords } from './sms-text.ts'

export interface ChargeOptions extends SmsOptions, GuidOption {}

/**
 * The parts in their order: `PC1,11 or 12,tenant,alias,id,mcc,currency,amount,country,name,city,challenge,key,expiry,
 * signature`. The id is `r` and the request's, `c` and the code's own, or empty.
 */
const CHARGE = new RegExp(
  'PC1,(1[12]),([a-z0-9]{1,12}),(\\d{12}),((?:[rc][0-7][0-9a-hjkmnp-tv-z]{25})?),(\\d{4}),(\\d{3}),([\\d.]{0,13}),' +
    '([A-Z]{2}),([!-+\\--~]{1,120}),([!-+\\--~]{1,80}),([\\w-]{0,25}),([\\w-]{8}),((?:[1-9a-z][0-9a-z]{0,5})?),([\\w-]{86})',
)

/**
 * A signed code of ours as SMS, for a payer without camera or data: the code's fields and its signature, from which
 * exactly the same code is built again. So it is checked, resolved and paid like the code itself.
 *
 * @param payload As `signPayload` gives it: with amount, challenge and end, or the shop's static code.
 * @returns One or two messages.
 * @throws {RangeError} not a signed code of ours, or one that says more than a charge does (tips, a bill number), or too
 *   long with its words
 * @example
 * formatSmsCharge(request.qr.payload, { words: 'Tienda Rosa cobra Q30.10. Pague con su app:' })
 */
export function formatSmsCharge(
  payload: string,
  { guid = DEFAULT_GUID, ...options }: ChargeOptions = {},
): readonly string[] {
  const form = formOf(payload, guid)
  if (form === undefined || chargeIn(form, guid) !== payload) throw new RangeError('this code cannot be told as SMS')
  return withWords(form, options)
}

/**
 * Finds a charge in messages: among words, in two parts in either order, with line breaks or `(1/2)` between.
 *
 * @returns The code's payload, for `verifySigned`, `POST /v1/qr/resolve` and `POST /v1/payments`; undefined: there is
 *   none. Nothing of it is verified yet.
 * @example
 * const payload = parseSmsCharge(message)
 * const verdict = payload && (await verifySigned(payload, lookupKey, { at: new Date() }))
 */
export function parseSmsCharge(
  messages: string | readonly string[],
  { guid = DEFAULT_GUID }: GuidOption = {},
): string | undefined {
  for (const reading of readings(messages)) {
    const payload = chargeIn(reading, guid)
    if (payload !== undefined) return payload
  }
  return undefined
}

function formOf(payload: string, guid: string): string | undefined {
  const { ok, fields } = parse(payload, { profile: 'strict' })
  const template = pistoTemplate(fields, { guid })
  if (!ok || template === undefined) return undefined
  const { unreserved = {}, language = {}, additionalData = {} } = fields
  const [first, second] = [unreserved['80'], unreserved['81']]
  if (typeof first !== 'object' || typeof second !== 'object') return undefined
  const signature = readSignatureTemplates(first, second)
  if (signature === undefined) return undefined
  const { '05': challenge = '' } = additionalData
  return [
    'PC1',
    fields.pointOfInitiation,
    template.tenantCode,
    template.alias,
    idOf(template),
    fields.mcc,
    fields.currency,
    fields.amount ?? '',
    fields.country,
    spellForSms(language['01'] ?? fields.merchantName ?? ''),
    spellForSms(language['02'] ?? fields.merchantCity ?? ''),
    challenge,
    signature.keyId,
    signature.expiry ?? '',
    toBase64Url(signature.signature),
  ].join(',')
}

const idOf = ({ requestId, codeId }: PistoTemplate): string => {
  if (requestId !== undefined) return `r${requestId}`
  return codeId === undefined ? '' : `c${codeId}`
}

/** The code that a form stands for; undefined: there is no form, or it stands for none. */
function chargeIn(text: string, guid: string): string | undefined {
  const parts = CHARGE.exec(text)
  if (parts === null) return undefined
  const [, pointOfInitiation = '', tenantCode = '', alias = '', id = '', mcc = '', currency = '', amount = ''] = parts
  const [country = '', name = '', city = '', challenge = '', keyId = '', expiry = '', base64 = ''] = parts.slice(8)
  const [merchantName, merchantCity] = [unspellFromSms(name), unspellFromSms(city)]
  const signature = fromBase64Url(base64)
  if (merchantName === undefined || merchantCity === undefined || signature === undefined) return undefined
  const own = { tenantCode, alias, ...(id !== '' && { [id.startsWith('r') ? 'requestId' : 'codeId']: id.slice(1) }) }
  const head = { guid, keyId, ...(expiry !== '' && { expiry }) }
  const fields: CodeFields = {
    pointOfInitiation,
    merchantAccounts: withPistoTemplate({}, own, { guid }),
    mcc,
    currency,
    ...(amount !== '' && { amount }),
    country,
    merchantName,
    merchantCity,
    ...(challenge !== '' && { additionalData: { '05': challenge } }),
    unreserved: writeSignature({ ...head, signature }),
  }
  try {
    return build(fields)
  } catch {
    return undefined // no code says this
  }
}
