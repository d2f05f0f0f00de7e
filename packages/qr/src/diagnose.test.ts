import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { build } from './build.ts'
import { compareCodes } from './compare-codes.ts'
import { diagnose } from './diagnose.ts'
import { anyCode } from './testing/codes.ts'

interface Vector {
  readonly id: string
  readonly payload: string
  readonly valid: boolean
  readonly rule?: string
  readonly warnings?: readonly string[]
}
const file = new URL('../../../test/vectors/qr.json', import.meta.url)
const { vectors, cpm }: { vectors: readonly Vector[]; cpm: readonly Vector[] } = JSON.parse(readFileSync(file, 'utf8'))

const SHOP = '00020101021126250008gt.pisto0109PX00123455204541153033205802GT5908Tienda 86009Guatemala63040054'

describe('every vector is diagnosed: verdict, and a reason and a mend in both languages', () => {
  it.each([...vectors, ...cpm].map((vector) => [vector.id, vector] as const))('%s', (_id, { payload, valid }) => {
    const { ok, findings } = diagnose(payload)

    expect(ok).toBe(valid)
    expect(findings.some(({ severity }) => severity === 'error')).toBe(!valid)
    for (const { rule, message, hint, messageEs, hintEs } of findings) {
      expect(rule).toMatch(/^[RC]\d\d/)
      for (const text of [message, hint, messageEs, hintEs]) expect(text).not.toMatch(/^$|[{}]|undefined/)
    }
  })
})

it('lists what stands where, inside templates and in what a broken code begins with', () => {
  const { objects } = diagnose(SHOP.slice(0, -9))

  expect(objects.map(({ path, value, offset }) => [path, value, offset])).toEqual([
    ['00', '01', 0],
    ['01', '11', 6],
    ['26.00', 'gt.pisto', 16],
    ['26.01', 'PX0012345', 28],
    ['52', '5411', 41],
    ['53', '320', 49],
    ['58', 'GT', 56],
    ['59', 'Tienda 8', 62],
  ])
})

it('tells a payer’s code by its beginning, and numbers what stands there twice', () => {
  const { kind, objects } = diagnose(cpm[0]?.payload ?? '')

  expect(kind).toBe('consumerPresented')
  expect(objects.map(({ path }) => path).slice(0, 5)).toEqual(['85', '61.4F', '61.50', '61[2].4F', '61[2].50'])
})

it('never throws, for any text', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.base64String().map((text) => `hQ${text}`),
      ),
      (text) => {
        const { ok, findings } = diagnose(text)
        expect(ok).toBe(!findings.some(({ severity }) => severity === 'error'))
      },
    ),
    { numRuns: 2000 },
  )
})

describe('two codes are compared object by object', () => {
  it('an amount that was changed', () => {
    const code = SHOP.replace('5802GT', '540530.105802GT')

    expect(compareCodes(code, code.replace('30.10', '80.10'))).toEqual([
      { path: '54', name: { en: 'amount', es: 'monto' }, left: '30.10', right: '80.10' },
    ])
  })

  it('objects that only one of them has, and one that stands there twice', () => {
    expect(compareCodes(SHOP, SHOP.replace('52045411', '5204541152045812'))).toEqual([
      expect.objectContaining({ path: '52[2]', left: null, right: '5812' }),
    ])
    expect(compareCodes(SHOP, SHOP.replace('5908Tienda 8', ''))).toEqual([
      { path: '59', name: { en: 'name', es: 'nombre' }, left: 'Tienda 8', right: null },
    ])
  })

  it('a code is like itself, whatever it is', () => {
    fc.assert(
      fc.property(anyCode, (fields) => {
        const payload = build(fields)
        expect(compareCodes(payload, payload)).toEqual([])
      }),
    )
  })
})
