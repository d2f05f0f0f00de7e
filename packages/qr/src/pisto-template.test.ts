import fc from 'fast-check'
import { expect, it } from 'vitest'
import { claimsPisto, type PistoTemplate, pistoTemplate, withPistoTemplate } from './pisto-template.ts'

const template: PistoTemplate = { tenantCode: 'gtbank', alias: '123456789012' }
const requestId = '01jc9z3k5qf7v8w2x4y6z0a1b3'

it('stands at the first free object from 26 on', () => {
  const accounts = { '26': { '00': 'br.gov.bcb.pix' }, '27': { '00': 'other' }, '02': 'card' }

  expect(withPistoTemplate(accounts, { ...template, requestId })).toEqual({
    ...accounts,
    '28': { '00': 'org.pisto', '01': 'gtbank', '02': '123456789012', '03': requestId },
  })
})

it('names a code that the merchant keeps by the code’s own id', () => {
  expect(withPistoTemplate({}, { ...template, codeId: requestId })).toEqual({
    '26': { '00': 'org.pisto', '01': 'gtbank', '02': '123456789012', '04': requestId },
  })
})

it('is for a request or has an id of its own, not both', () => {
  expect(() => withPistoTemplate({}, { ...template, requestId, codeId: requestId })).toThrow(RangeError)
})

it('is read back, with any GUID', () => {
  const payee = { tenantCode: fc.stringMatching(/^[a-z0-9]{1,12}$/), alias: fc.stringMatching(/^[0-9]{12}$/) }
  const id = fc.stringMatching(/^[0-7][0-9a-hjkmnp-tv-z]{25}$/)
  const anyTemplate = fc.oneof(
    fc.record(payee),
    fc.record({ ...payee, requestId: id }),
    fc.record({ ...payee, codeId: id }),
  )
  fc.assert(
    fc.property(anyTemplate, fc.stringMatching(/^[a-z.]{1,26}$/), (written, guid) => {
      const merchantAccounts = withPistoTemplate({}, written, { guid })

      expect(pistoTemplate({ merchantAccounts }, { guid })).toEqual(written)
      expect(claimsPisto({ merchantAccounts }, { guid })).toBe(true)
    }),
  )
})

it.each([
  [{ tenantCode: 'GTBANK' }, 'upper case'],
  [{ tenantCode: '' }, 'no tenant'],
  [{ tenantCode: 'abcdefghijklm' }, 'thirteen letters'],
  [{ tenantCode: 'gt-bank' }, 'a hyphen'],
  [{ alias: '12345678901' }, 'eleven digits'],
  [{ alias: '１２３４５６７８９０１２' }, 'full-width digits'],
  [{ requestId: `req_${requestId}` }, 'an id with its prefix'],
  [{ requestId: requestId.toUpperCase() }, 'another spelling of the id'],
  [{ codeId: `qrc_${requestId}` }, 'a code’s id with its prefix'],
])('%j cannot be written: %s', (change, _why) => {
  expect(() => withPistoTemplate({}, { ...template, ...change })).toThrow(RangeError)
})

it.each(['', 'a'.repeat(27), 'org pisto', 'órg'])('"%s" is no GUID of ours', (guid) => {
  expect(() => withPistoTemplate({}, template, { guid })).toThrow(RangeError)
})

it('no object is free', () => {
  const taken = Object.fromEntries(Array.from({ length: 26 }, (_, index) => [`${26 + index}`, { '00': 'x' }]))

  expect(() => withPistoTemplate(taken, template)).toThrow(RangeError)
})

const ours = { '00': 'org.pisto', '01': 'gtbank', '02': '123456789012' }

it.each([
  [{ '26': { ...ours, '00': 'ORG.PISTO' } }, 'the GUID in other letters'],
  [{ '26': { ...ours, '01': 'GTBANK' } }, 'a tenant in other letters'],
  [{ '26': { ...ours, '03': 'x' } }, 'a request that is none'],
  [{ '26': { ...ours, '04': 'x' } }, 'a code that is none'],
  [{ '26': { ...ours, '03': requestId, '04': requestId } }, 'a request and a code of its own'],
  [{ '26': { ...ours, '05': 'x' } }, 'an object of a later version'],
  [{ '26': { '00': 'org.pisto' } }, 'nobody named'],
  [{ '26': ours, '27': { ...ours, '01': 'other' } }, 'two payees'],
])('%j claims to be ours but is not read: %s', (merchantAccounts, _why) => {
  expect(pistoTemplate({ merchantAccounts })).toBeUndefined()
  expect(claimsPisto({ merchantAccounts })).toBe(true)
})

it.each([
  [{ '26': { '00': 'br.gov.bcb.pix' } }, 'another network'],
  [{ '05': 'org.pisto' }, 'a card network’s value'],
  [undefined, 'no account'],
])('%j is foreign: %s', (merchantAccounts, _why) => {
  const fields = merchantAccounts === undefined ? {} : { merchantAccounts }

  expect(pistoTemplate(fields)).toBeUndefined()
  expect(claimsPisto(fields)).toBe(false)
})
