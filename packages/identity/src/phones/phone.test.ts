import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import whole from 'libphonenumber-js/max/metadata'
import { expect, it } from 'vitest'
import { PHONE_METADATA_FILE, phoneMetadataSource } from '../../scripts/phone-metadata.ts'
import { COUNTRIES } from '../countries.ts'
import { PHONE_METADATA } from './metadata.generated.ts'
import { checkPhone } from './phone.ts'

it.each([
  // country, written, e164, mobile, why
  ['GT', '4123-4567', '+50241234567', true, 'hyphen'],
  ['GT', '+502 5480-0752', '+50254800752', true, 'with country code'],
  ['GT', '502 5480 0752', '+50254800752', true, 'country code without plus: too long to be national'],
  ['GT', '(502) 5480.0752', '+50254800752', true, 'brackets and dots'],
  ['GT', '00503 7012 3456', '+50370123456', true, 'international prefix'],
  ['GT', '\u202a+502 5480 0752\u202c', '+50254800752', true, 'copied from the contacts of a phone'],
  ['HN', '2220-1234', '+50422201234', false, 'a land line'],
  ['SV', '2217 2486', '+50322172486', false, 'a land line'],
  ['SV', '800 1234', '+5038001234', false, 'a free-phone number receives no SMS'],
  [undefined, '+504 9947 0000', '+50499470000', true, 'the plus says the country'],
] as const)('%s "%s" is %s, mobile %s: %s', (country, value, e164, mobile, _why) => {
  expect(checkPhone(country, value)).toMatchObject({ valid: true, e164, mobile })
})

it.each([
  // country, written, code, hint, why
  ['HN', '312484', 'number', 'short', 'six digits'],
  ['SV', '7563 091', 'number', 'short', 'seven digits'],
  ['GT', '+502 1', 'number', 'short', 'hardly begun'],
  ['SV', '701234567', 'number', 'long', 'nine digits'],
  ['GT', '5'.repeat(60), 'number', 'long', 'a key got stuck'],
  ['HN', '2266-5005', 'number', 'fixed', 'begins like a land line, but the range is not assigned'],
  ['GT', '8123 4567', 'number', undefined, 'no such range'],
  ['GT', '50370123456', 'number', 'long', 'another country needs a plus'],
  ['GT', '+1 202 555 0123', 'country', undefined, 'a country we do not serve'],
  [undefined, '4123 4567', 'country', undefined, 'a bare national number exists in every country'],
  ['GT', '', 'format', undefined, 'nothing'],
  ['GT', '+', 'format', undefined, 'no digit'],
  ['GT', '4123 4567 ext. 3', 'format', undefined, 'an extension receives no SMS'],
  ['GT', 'tel:41234567', 'format', undefined, 'a link'],
  ['GT', '４123 4567', 'format', undefined, 'ASCII digits only'],
] as const)('%s refuses "%s" as %s %s: %s', (country, value, code, hint, _why) => {
  const check = checkPhone(country, value)

  expect(check).toMatchObject({ valid: false, code, ...(hint && { hint }) })
  expect('hint' in check).toBe(hint !== undefined)
})

it('e164 and formatted read back to the same number, whatever country is asked about', () => {
  const mobile = fc.stringMatching(/^[3-5]\d{7}$/)

  fc.assert(
    fc.property(mobile, fc.constantFrom(...COUNTRIES, undefined), (national, country) => {
      const phone = checkPhone('GT', national)
      if (!phone.valid) throw new Error('expected a phone')
      expect(checkPhone(country, phone.e164)).toEqual(phone)
      expect(checkPhone(country, phone.formatted)).toEqual(phone)
    }),
  )
})

it.each([
  ['GT', /^[345]\d{7}$/],
  ['HN', /^[389]\d{7}$/],
  ['SV', /^[67]\d{7}$/],
] as const)('%s: every number of the ranges %s is mobile', (country, range) => {
  fc.assert(
    fc.property(fc.stringMatching(range), (national) => {
      expect(checkPhone(country, national)).toMatchObject({ valid: true, country, mobile: true })
    }),
  )
})

it('never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(typeof checkPhone('HN', text).valid).toBe('boolean')
      expect(typeof checkPhone(undefined, `+${text}`).valid).toBe('boolean')
    }),
  )
})

it('the metadata is what the script writes: run `pnpm generate` in packages/identity after an update', () => {
  expect(readFileSync(PHONE_METADATA_FILE, 'utf8')).toBe(phoneMetadataSource())
})

it('the metadata has the rows of libphonenumber-js/max and weighs under 10 kB', () => {
  for (const country of COUNTRIES) expect(PHONE_METADATA.countries[country]).toEqual(whole.countries[country])
  expect(gzipSync(readFileSync(PHONE_METADATA_FILE)).length).toBeLessThan(10_000)
})
