import { PistoProblem } from '@pisto/contract'
import { crc16, parse } from '@pisto/qr'
import { signPayload } from '@pisto/qr/signed'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { merchantCode } from '../payment-requests/code.ts'
import { MemoryKeyring } from '../payments/testing/memory-keyring.ts'
import { readCode } from './read-code.ts'

const gtbank = { id: 'ten_01kb2xbfmze3mv9d0fq0n5x3ck', code: 'gtbank', country: 'GT', currency: 'GTQ' } as const
const hnbank = { ...gtbank, id: 'ten_01kb2xbfmze3mv9d0fq0n5x3cm', code: 'hnbank' } as const
const payee = { alias: '482915307720', tradeName: 'Tienda Sol', city: null, categoryCode: '5411' }
const request = {
  id: 'req_01kb2xbfmze3mv9d0fq0n5x3ck',
  amountMinor: 3010n,
  currency: 'GTQ',
  challenge: '7k2m9qxa',
  expiresAt: new Date('2026-11-24T12:15:30Z'),
} as const

const keys = new MemoryKeyring()
const key = keys.add(gtbank, 'qr')
const trust = { keys, livemode: false, qrGuid: 'org.pisto' }
const payload = await merchantCode(gtbank, payee, key, request)

const read = (text: string) => readCode(trust, text, '/payload')
const endOf = async (text: string): Promise<string> => {
  const code = await read(text)
  return code instanceof PistoProblem ? code.code : code.signature
}
/** With a checksum that fits what was changed. */
const mended = (text: string): string => `${text.slice(0, -4)}${crc16(text.slice(0, -4))}`
const swapped = (from: string, to: string): string => {
  expect(payload).toContain(from)
  return mended(payload.replace(from, to))
}

describe('a genuine code', () => {
  it('is valid, with its template and amount', async () => {
    expect(await read(payload)).toMatchObject({
      signature: 'valid',
      template: { tenantCode: 'gtbank', alias: '482915307720', requestId: '01kb2xbfmze3mv9d0fq0n5x3ck' },
      amount: { amount: '30.10', currency: 'GTQ' },
    })
  })

  it('is valid after the end of its key: printed codes outlive it', async () => {
    const ended = keys.add(gtbank, 'qr', { validTo: new Date('2020-01-01T00:00:00Z') })

    expect(await endOf(await merchantCode(gtbank, payee, ended, request))).toBe('valid')
  })
})

it.each([
  ['another amount', () => swapped('540530.10', '540510.10'), 'qr_signature_invalid'],
  ['another payee', () => swapped('0212482915307720', '0212482915307721'), 'qr_signature_invalid'],
  ['another name', () => swapped('5910Tienda Sol', '5910Tienda Luz'), 'qr_signature_invalid'],
  ['another request', () => swapped('n5x3ck5204', 'n5x3cm5204'), 'qr_signature_invalid'],
  ['another challenge', () => swapped('7k2m9qxa', '7k2m9qxb'), 'qr_signature_invalid'],
  ['another tenant', () => swapped('0106gtbank', '0106hnbank'), 'qr_signature_invalid'],
  ['no signature', () => mended(payload.replace(/80\d\d0009org\.pisto01.{8}.*$/, '63040000')), 'qr_signature_missing'],
  ['half a signature', () => mended(payload.replace(/81600009org\.pisto.*$/, '63040000')), 'qr_signature_invalid'],
  ['a wrong checksum', () => `${payload.slice(0, -4)}${payload.endsWith('0000') ? '0001' : '0000'}`, 'qr_invalid'],
  ['its end cut off', () => payload.slice(0, -9), 'qr_invalid'],
  ['a space after it', () => `${payload} `, 'qr_invalid'],
] as const)('a code with %s is refused', async (_what, text, code) => {
  expect(await endOf(text())).toBe(code)
})

it.each([
  ['a key that nobody published', () => new MemoryKeyring().add(gtbank, 'qr')],
  ['a key for receipts', () => keys.add(gtbank, 'receipt')],
  ['another tenant’s key', () => keys.add(hnbank, 'qr')],
  ['a key of the other world', () => keys.add(gtbank, 'qr', { livemode: true })],
  ['a key that is withdrawn', () => keys.withdraw(keys.add(gtbank, 'qr'))],
] as const)('a code signed with %s is refused', async (_what, forger) => {
  const forged = await merchantCode(gtbank, payee, forger(), request)

  expect(await endOf(forged)).toBe('qr_signature_invalid')
})

it('a code that claims to be ours in other letters is refused, too', async () => {
  const fields = parse(payload).fields as Parameters<typeof signPayload>[0]
  const shouting = { '26': { '00': 'ORG.PISTO', '01': 'gtbank', '02': '482915307720' } }
  const { unreserved: _, ...rest } = fields
  const forged = await signPayload(
    { ...rest, merchantAccounts: { ...shouting, '27': { '00': 'x.pisto', '01': 'gtbank', '02': '482915307720' } } },
    key,
    { guid: 'x.pisto' },
  )

  expect(await endOf(forged)).toBe('qr_signature_missing')
})

it('a damaged code names each finding in both languages, at the pointer of the payload', async () => {
  const problem = await readCode(trust, `${payload.slice(0, -4)}0000`, '/qr')

  expect(problem).toBeInstanceOf(PistoProblem)
  expect((problem as PistoProblem).errors).toEqual([
    { pointer: '/qr', code: 'crc_mismatch', message: expect.any(String), messageEs: expect.any(String) },
  ])
})

describe('a code of another network', () => {
  const object = (id: string, value: string) => `${id}${String(value.length).padStart(2, '0')}${value}`
  const foreign = (amount: string, currency = '320') =>
    mended(
      `00020101021126250008gt.otros0109PX001234552045411${object('53', currency)}${object('54', amount)}5802GT5908Tienda 86009Guatemala63040000`,
    )

  it.each([
    ['30', '320', { amount: '30.00', currency: 'GTQ' }],
    ['30.1', '340', { amount: '30.10', currency: 'HNL' }],
    ['0030.10', '840', { amount: '30.10', currency: 'USD' }],
    ['0.50', '840', { amount: '0.50', currency: 'USD' }],
    ['30', '986', null],
  ] as const)('with %s of currency %s is unsigned, its amount %o', async (amount, currency, is) => {
    expect(await read(foreign(amount, currency))).toMatchObject({ signature: 'unsigned', amount: is })
  })
})

it('no mutation of a signed code is taken for genuine (property)', async () => {
  const body = payload.slice(0, -8) // all but the checksum
  const change = fc.tuple(fc.nat(body.length), fc.nat(3), fc.string({ unit: 'grapheme-ascii', maxLength: 3 }))
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
      let text = body
      for (const [at, removed, added] of changes) text = text.slice(0, at) + added + text.slice(at + removed)
      fc.pre(text !== body)

      expect(await endOf(mended(`${text}63040000`))).not.toBe('valid')
    }),
    { numRuns: 2_000 },
  )
})
