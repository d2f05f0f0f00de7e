import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { type Country, checkNationalId, checkPhone, type DocumentType } from '../index.ts'

interface Vector {
  readonly id: string
  readonly type: string
  readonly value: string
  readonly valid: boolean
  readonly reason?: string
  readonly e164?: string
  readonly kind?: 'mobile' | 'fixed'
}

const file = new URL('../../../../test/vectors/ids.json', import.meta.url)
const { ids } = JSON.parse(readFileSync(file, 'utf8')) as { ids: readonly Vector[] }
const phones = ids.filter(({ type }) => type.startsWith('PHONE_'))
const documents = ids.filter(({ type }) => !type.startsWith('PHONE_'))

it('has every vector', () => {
  expect([documents.length, phones.length]).toEqual([56, 11])
})

it.each(documents)('$id $type "$value": valid $valid $reason', ({ type, value, valid, reason }) => {
  const [country, name] = type.split('_')
  const check = checkNationalId(country as Country, (name === 'CUI' ? 'DPI' : name) as DocumentType, value)

  expect([check.valid, check.valid ? undefined : check.code]).toEqual([valid, reason])
})

it.each(phones)('$id $type "$value": valid $valid $reason', ({ type, value, ...expected }) => {
  const check = checkPhone(type.slice('PHONE_'.length) as Country, value)

  if (check.valid)
    expect(check).toMatchObject({ valid: expected.valid, e164: expected.e164, mobile: expected.kind === 'mobile' })
  else expect([check.valid, check.code]).toEqual([expected.valid, expected.reason])
})
