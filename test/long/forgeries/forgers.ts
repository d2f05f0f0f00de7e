import { type Signer, signReceipt } from '@pisto/proof'
import { build, type CodeFields, crc16, type MerchantFields, parse } from '@pisto/qr'
import { signPayload } from '@pisto/qr/signed'
import type { Draws } from '../../seeded.ts'
import {
  CODES,
  NEIGHBOUR,
  NEIGHBOURS_CODE,
  NEIGHBOURS_RECEIPT,
  NOW_SECONDS,
  PAYEE,
  RECEIPTS,
  SIGNERS,
} from './genuine.ts'

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const ANY = `${BASE64URL}.,+/= \nñ`
const DIGITS = '0123456789'
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'

/** A forger's trade: makes a text from nothing but what anybody can see. */
export type Forger = (draws: Draws) => string | Promise<string>

const textOf = (draws: Draws, alphabet: string, length: number): string =>
  Array.from({ length }, () => draws.pick([...alphabet])).join('')

/** One to three changes anywhere. */
function mutate(text: string, draws: Draws): string {
  let changed = text
  for (let change = draws.below(3); change >= 0; change--) {
    const at = draws.below(changed.length)
    const [before, after] = [changed.slice(0, at), changed.slice(at)]
    const put = textOf(draws, ANY, 1 + draws.below(3))
    changed = draws.pick([
      before + put + after.slice(put.length),
      before + put + after,
      before + after.slice(put.length),
      before + after.slice(0, 8) + after,
      before + after.slice(0, 1).toUpperCase() + after.slice(1),
      before + after.slice(0, 1).toLowerCase() + after.slice(1),
    ])
  }
  return changed
}

/** The checksum is no secret. */
const resealed = (payload: string): string => `${payload.slice(0, -8)}6304${crc16(`${payload.slice(0, -8)}6304`)}`

const fieldsOf = (payload: string) => parse(payload).fields as MerchantFields & CodeFields
const rewritten = (payload: string, change: Partial<CodeFields>): string => build({ ...fieldsOf(payload), ...change })

const aliasFrom = (draws: Draws): string => draws.pick([NEIGHBOUR.alias, textOf(draws, DIGITS, 12)])
const accountsOf = (payload: string, { tenantCode, alias }: Partial<typeof PAYEE>): CodeFields['merchantAccounts'] => ({
  '26': {
    ...(fieldsOf(payload).merchantAccounts?.['26'] as object),
    ...(tenantCode !== undefined && { '01': tenantCode }),
    ...(alias !== undefined && { '02': alias }),
  },
})

/** Another of the 64 characters at one of the last places of a signature; most of them encode no other bytes. */
function respell(text: string, at: number, draws: Draws): string {
  return text.slice(0, at) + draws.pick([...BASE64URL]) + text.slice(at + 1)
}

const aCode = (draws: Draws): string => draws.pick(CODES)
const under = (signer: Signer, keyId: string) => ({ ...signer, keyId })

/** Of signed merchant codes. */
export const CODE_FORGERS = {
  mutated: (draws) => mutate(aCode(draws), draws),
  'mutated, checksum mended': (draws) => resealed(mutate(aCode(draws), draws)),
  'moved to another account': (draws) => {
    const code = aCode(draws)
    return rewritten(code, { merchantAccounts: accountsOf(code, { alias: aliasFrom(draws) }) })
  },
  'moved to another name': (draws) =>
    rewritten(aCode(draws), { merchantName: draws.pick(['Tienda Luz', `Tienda ${textOf(draws, LETTERS, 6)}`]) }),
  'moved to another tenant': (draws) => {
    const code = aCode(draws)
    const tenantCode = draws.pick(['otherbank', `bank${textOf(draws, LETTERS, 4)}`])
    return rewritten(code, { merchantAccounts: accountsOf(code, { tenantCode }) })
  },
  'another amount': (draws) => rewritten(aCode(draws), { amount: `${1 + draws.below(9999)}.${10 + draws.below(90)}` }),
  'another charge': (draws) => rewritten(aCode(draws), { additionalData: { '05': textOf(draws, LETTERS, 8) } }),
  'stripped of 80 and 81': (draws) => rewritten(aCode(draws), { unreserved: {} }),
  'stripped of one of them': (draws) => {
    const code = aCode(draws)
    const { '80': first = {}, '81': second = {} } = fieldsOf(code).unreserved ?? {}
    return rewritten(code, { unreserved: draws.oneIn(2) ? { '80': first } : { '81': second } })
  },
  'the signature of another code': (draws) => {
    const { unreserved = {} } = fieldsOf(draws.pick([NEIGHBOURS_CODE, ...CODES]))
    const code = aCode(draws)
    const moved = rewritten(code, { unreserved })
    return CODES.includes(moved) ? rewritten(code, { unreserved, mcc: '5412' }) : moved
  },
  'base64url respelled': (draws) => {
    const code = aCode(draws)
    const last = code.length - 9
    return resealed(respell(code, draws.oneIn(2) ? last : last - draws.below(43), draws))
  },
  'signed by a stranger under our key’s name': (draws) =>
    signPayload(
      { ...withoutSignature(aCode(draws)), merchantName: `Tienda ${textOf(draws, LETTERS, 6)}` },
      under(SIGNERS.stranger, SIGNERS.codes.keyId),
    ),
  'signed by another bank': (draws) => signPayload(withoutSignature(aCode(draws)), SIGNERS.otherCodes),
  'signed by the receipt key': (draws) => signPayload(withoutSignature(aCode(draws)), SIGNERS.receipts),
} as const satisfies Record<string, Forger>

function withoutSignature(code: string): MerchantFields & CodeFields {
  const { unreserved: _, ...fields } = fieldsOf(code)
  return fields as MerchantFields & CodeFields
}

const aReceipt = (draws: Draws): string => draws.pick(RECEIPTS)
const withPart = (receipt: string, part: number, text: string): string => receipt.split(',').with(part, text).join(',')

const invented = (draws: Draws) => ({
  paymentId: `0${textOf(draws, LETTERS, 25)}`,
  payeeAlias: PAYEE.alias,
  amount: '30.10',
  currency: 'GTQ',
  paidAtSeconds: NOW_SECONDS - draws.below(60),
  challenge: '7k2m9qxa',
})

/** Of receipts. */
export const RECEIPT_FORGERS = {
  mutated: (draws) => mutate(aReceipt(draws), draws),
  'another payment': (draws) => withPart(aReceipt(draws), 1, `0${textOf(draws, LETTERS, 25)}`),
  'another payee': (draws) => withPart(NEIGHBOURS_RECEIPT, 2, PAYEE.alias).concat(draws.oneIn(4) ? ' ' : ''),
  'the neighbour’s own': () => NEIGHBOURS_RECEIPT,
  'another amount': (draws) => withPart(aReceipt(draws), 3, `${1 + draws.below(9999)}.${10 + draws.below(90)}`),
  'another currency': (draws) => withPart(aReceipt(draws), 4, draws.pick(['USD', 'HNL'])),
  'another time': (draws) => withPart(aReceipt(draws), 5, (NOW_SECONDS - 61 - draws.below(600)).toString(36)),
  'another charge': (draws) => withPart(aReceipt(draws), 6, textOf(draws, LETTERS, 8)),
  'another key': (draws) =>
    withPart(aReceipt(draws), 7, draws.pick([SIGNERS.codes, SIGNERS.otherReceipts, SIGNERS.stranger]).keyId),
  'the signature of another receipt': (draws) => {
    const [to, from] = draws.oneIn(2) ? RECEIPTS : RECEIPTS.toReversed()
    return withPart(to ?? '', 8, (from ?? '').slice(-86))
  },
  'base64url respelled': (draws) => {
    const receipt = aReceipt(draws)
    const last = receipt.length - 1
    return respell(receipt, draws.oneIn(2) ? last : last - draws.below(86), draws)
  },
  'signed by a stranger under our key’s name': (draws) =>
    signReceipt(invented(draws), under(SIGNERS.stranger, SIGNERS.receipts.keyId)),
  'signed by another bank': (draws) => signReceipt(invented(draws), SIGNERS.otherReceipts),
  'signed by the code key': (draws) => signReceipt(invented(draws), SIGNERS.codes),
} as const satisfies Record<string, Forger>
