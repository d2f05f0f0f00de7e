import { build, parse } from '@pisto/qr'
import { decode as decodeEmvqr } from 'emvqr'
import { encode, parse as parsePromptparse, tag, withCrcTag } from 'promptparse'
import { QRPay } from 'vietnam-qr-pay'
import type { PlainCode } from './corpus.ts'

/** A codec of the comparison. */
export interface Codec {
  /** Whether it takes the payload for a good code, its checksum included. */
  reads(payload: string): boolean
  /** Prepares what its own kind of writing begins with, then writes as often as called. Undefined: it cannot write. */
  readonly writer: ((code: PlainCode) => () => string) | undefined
}

export type CodecName = 'pisto' | 'vietnam-qr-pay' | 'promptparse' | 'emvqr'

export const CODECS: Readonly<Record<CodecName, Codec>> = {
  pisto: { reads: (payload) => parse(payload).ok, writer: (code) => () => build(code) },
  'vietnam-qr-pay': { reads: (payload) => new QRPay(payload).isValid, writer: writeVietnam },
  promptparse: { reads: (payload) => parsePromptparse(payload, true) !== null, writer: writePromptparse },
  emvqr: { reads: readsEmvqr, writer: undefined },
}

/** It throws where it does not accept. */
function readsEmvqr(payload: string): boolean {
  try {
    decodeEmvqr(payload)
    return true
  } catch {
    return false
  }
}

function writeVietnam(code: PlainCode): () => string {
  const qr = new QRPay()
  const { '00': guid, '01': data } = code.merchantAccounts['26']
  const { '01': billNumber, '05': reference, '07': terminal } = textsOf(code)
  Object.assign(qr, { version: '01', initMethod: code.pointOfInitiation, category: code.mcc, currency: code.currency })
  Object.assign(qr, { amount: code.amount, nation: code.country, city: code.merchantCity, zipCode: code.postalCode })
  Object.assign(qr.provider, { fieldId: '26', guid, data })
  Object.assign(qr.merchant, { name: code.merchantName })
  Object.assign(qr.additionalData, { billNumber, reference, terminal })
  return () => qr.build()
}

function writePromptparse(code: PlainCode): () => string {
  const texts: [string, string | undefined][] = [
    ['01', code.pointOfInitiation],
    ['52', code.mcc],
    ['53', code.currency],
    ['54', code.amount],
    ['58', code.country],
    ['59', code.merchantName],
    ['60', code.merchantCity],
    ['61', code.postalCode],
  ]
  const plain = texts.filter((entry): entry is [string, string] => entry[1] !== undefined)
  const account = Object.entries(code.merchantAccounts['26'])
  const additional = Object.entries(textsOf(code))
  const inside = (entries: [string, string][]): string => encode(entries.map(([id, value]) => tag(id, value)))
  return () => {
    const tags = [tag('00', '01'), ...plain.map(([id, value]) => tag(id, value)), tag('26', inside(account))]
    if (additional.length > 0) tags.push(tag('62', inside(additional)))
    return withCrcTag(encode(tags), '63')
  }
}

const textsOf = ({ additionalData = {} }: PlainCode): Record<string, string> =>
  Object.fromEntries(
    Object.entries(additionalData).filter((entry): entry is [string, string] => {
      return typeof entry[1] === 'string'
    }),
  )
