import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isTypeId, toTypeId, toUuid, typeIdOf } from './type-id.ts'

// the specification's own examples: https://github.com/jetify-com/typeid/blob/main/spec/valid.yml
it.each([
  ['00000000-0000-0000-0000-000000000000', '00000000000000000000000000'],
  ['00000000-0000-0000-0000-000000000001', '00000000000000000000000001'],
  ['00000000-0000-0000-0000-00000000000a', '0000000000000000000000000a'],
  ['00000000-0000-0000-0000-000000000010', '0000000000000000000000000g'],
  ['00000000-0000-0000-0000-000000000020', '00000000000000000000000010'],
  ['ffffffff-ffff-ffff-ffff-ffffffffffff', '7zzzzzzzzzzzzzzzzzzzzzzzzz'],
  ['01890a5d-ac96-774b-bcce-b302099a8057', '01h455vb4pex5vsknk084sn02q'],
])('%s is %s', (uuid, suffix) => {
  expect(toTypeId('acc', uuid)).toBe(`acc_${suffix}`)
  expect(toUuid(`acc_${suffix}`, 'acc')).toBe(uuid)
})

it('every uuid comes back', () => {
  fc.assert(fc.property(fc.uuid(), (uuid) => toUuid(toTypeId('txn', uuid)) === uuid))
  const bytesOf = (uuid: string) => Buffer.from(uuid.replaceAll('-', ''), 'hex')
  fc.assert(fc.property(fc.uuid(), (uuid) => typeIdOf('txn', bytesOf(uuid)) === toTypeId('txn', uuid)))
})

it('sorts as the uuid does', () => {
  fc.assert(fc.property(fc.uuid(), fc.uuid(), (a, b) => a < b === toTypeId('txn', a) < toTypeId('txn', b)))
})

it.each([
  ['acc_8zzzzzzzzzzzzzzzzzzzzzzzzz', 'more than 128 bits'],
  ['acc_01h455vb4pex5vsknk084sn02', 'too short'],
  ['acc_01h455vb4pex5vsknk084sn02qq', 'too long'],
  ['acc_01H455VB4PEX5VSKNK084SN02Q', 'upper case: one id, one spelling'],
  ['acc_01h455vb4pex5vsknk084sn0il', 'letters that Crockford leaves out'],
  ['pay_01h455vb4pex5vsknk084sn02q', 'an id of another kind'],
  ['01h455vb4pex5vsknk084sn02q', 'no prefix'],
  ['', 'nothing'],
])('%j is no account: %s', (id) => {
  expect(isTypeId(id, 'acc')).toBe(false)
  expect(() => toUuid(id, 'acc')).toThrow(RangeError)
})
