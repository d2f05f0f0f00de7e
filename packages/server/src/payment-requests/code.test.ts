import { DEFAULT_GUID, parse, pistoTemplate } from '@pisto/qr'
import { readSignature, verifySigned } from '@pisto/qr/signed'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MemoryKeyring } from '../payments/testing/memory-keyring.ts'
import { type CodeRequest, merchantCode } from './code.ts'

const tenant = { id: 'ten_01kb2xbfmze3mv9d0fq0n5x3ck', code: 'gtbank', country: 'GT', currency: 'GTQ' } as const
const payee = { alias: '482915307720', tradeName: 'Tienda Sol', city: null, categoryCode: '5411' }
const keys = new MemoryKeyring()
const key = keys.add(tenant, 'qr')
const request: CodeRequest = {
  id: 'req_01kb2xbfmze3mv9d0fq0n5x3ck',
  amountMinor: 3010n,
  currency: 'GTQ',
  challenge: '7k2m9qxa',
  expiresAt: new Date('2026-11-24T12:15:30Z'),
}

const read = (payload: string) => {
  const code = parse(payload, { profile: 'strict' })
  if (!code.ok) throw new Error(JSON.stringify(code.findings))
  return code.fields
}

describe('a dynamic code', () => {
  it('says who is paid, how much, for which request, with its challenge', async () => {
    const fields = read(await merchantCode(tenant, payee, key, request))

    expect(fields).toMatchObject({
      pointOfInitiation: '12',
      mcc: '5411',
      currency: '320',
      amount: '30.10',
      country: 'GT',
      merchantName: 'Tienda Sol',
      merchantCity: 'Guatemala',
      additionalData: { '05': '7k2m9qxa' },
    })
    expect(fields.merchantAccounts).toEqual({
      '26': { '00': DEFAULT_GUID, '01': 'gtbank', '02': '482915307720', '03': '01kb2xbfmze3mv9d0fq0n5x3ck' },
    })
  })

  it('is signed, and ends in the minute after the request does', async () => {
    const payload = await merchantCode(tenant, payee, key, request)

    expect(await verifySigned(payload, (id) => keys.find(id))).toBe('valid')
    expect(readSignature(payload)).toMatchObject({ keyId: key.keyId, expiresAt: new Date('2026-11-24T12:16:00Z') })
  })
})

it('a static code has neither amount, request, challenge nor end', async () => {
  const payload = await merchantCode(tenant, payee, key)
  const fields = read(payload)

  expect(fields.pointOfInitiation).toBe('11')
  expect(fields).not.toHaveProperty('amount')
  expect(fields).not.toHaveProperty('additionalData')
  expect(pistoTemplate(fields)).toEqual({ tenantCode: 'gtbank', alias: '482915307720' })
  expect(readSignature(payload)).not.toHaveProperty('expiresAt')
})

it.each([
  // trade name, city                             name, city, language                   why
  [
    'Tortillería Ñandú',
    'Cobán',
    'Tortilleria Nandu',
    'Coban',
    { '01': 'Tortillería Ñandú', '02': 'Cobán' },
    'accents go, and are kept in 64',
  ],
  ['Panadería y Pastelería La Bendición', null, 'Panaderia y Pasteleria La', 'Guatemala', undefined, 'cut at a word'],
  ['饺子馆', null, 'Comercio 482915307720', 'Guatemala', { '01': '饺子馆' }, 'no ASCII letter: the alias stands in'],
  ['Tienda Sol', '北京', 'Tienda Sol', 'Guatemala', undefined, 'a city that nobody can print is none'],
] as const)('%s in %s is written %s, %s: %s', async (tradeName, city, name, written, language, _why) => {
  const fields = read(await merchantCode(tenant, { ...payee, tradeName, city }, key))

  expect(name.startsWith(fields.merchantName ?? '?')).toBe(true)
  expect(fields.merchantCity).toBe(written)
  if (language) expect(fields.language).toMatchObject(language)
})

it.each([
  ['GT', 'GTQ', '320', 'Guatemala'],
  ['HN', 'HNL', '340', 'Honduras'],
  ['SV', 'USD', '840', 'El Salvador'],
] as const)('%s writes its currency and, without a city, its own name', async (country, currency, number, city) => {
  const fields = read(await merchantCode({ ...tenant, country, currency }, payee, key, { ...request, currency }))

  expect(fields).toMatchObject({ country, currency: number, merchantCity: city })
})

it('whatever the trade name, the code follows the specification and fits (property)', async () => {
  const name = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 60 }))
  const amount = fc.bigInt({ min: 1n, max: 999_999_999_999n }) // 13 characters
  await fc.assert(
    fc.asyncProperty(name, amount, fc.option(name), async (tradeName, amountMinor, city) => {
      const payload = await merchantCode(tenant, { ...payee, tradeName, city }, key, { ...request, amountMinor })
      const { merchantName = '', merchantCity = '' } = read(payload)

      expect(merchantName).toMatch(/^[ -~]{1,25}$/)
      expect(merchantCity).toMatch(/^[ -~]{1,15}$/)
      expect([...payload].length).toBeLessThanOrEqual(512)
    }),
    { numRuns: 200 },
  )
})
