import { type TString, Type } from 'typebox'

/** Prefixes of TypeIDs on the wire, each with what it names. @see https://github.com/jetify-com/typeid */
export const ID_PREFIXES = {
  ten: 'tenant',
  mer: 'merchant',
  con: 'consumer',
  agt: 'agent',
  agd: 'device of an agent',
  enr: 'enrolment by an agent',
  phv: 'phone verification',
  dec: 'decision of an operator',
  doc: 'uploaded document',
  dvw: 'look at a document',
  acc: 'account',
  txn: 'transaction',
  hld: 'hold',
  lgr: 'limit group',
  req: 'payment request',
  qrc: 'QR code',
  pay: 'payment',
  ref: 'refund',
  prt: 'merchant’s move to another institution',
  imp: 'import',
  scl: 'screening list',
  scr: 'screening',
  cas: 'case',
  mru: 'monitoring rule',
  evt: 'event',
  msg: 'message',
  ses: 'session',
  per: 'person who signs in',
  mbr: 'member of a shop, or its till',
} as const

export type IdPrefix = keyof typeof ID_PREFIXES

/** A TypeID: prefix, underscore, 26 characters of lower-case Crockford base32 of a UUIDv7. */
export const idOf = (prefix: IdPrefix): TString =>
  Type.String({
    pattern: `^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`,
    description: `Id of a ${ID_PREFIXES[prefix]}`,
    examples: [`${prefix}_01kb2xbfmze3mv9d0fq0n5x3ck`],
  })
