import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { BerObject } from './ber.ts'
import { parseConsumer } from './consumer.ts'

type Tree = readonly (readonly [tag: string, value: string | Tree])[]

interface Vector {
  readonly id: string
  readonly payload: string
  readonly valid: boolean
  readonly rule?: string
  readonly expect?: Tree
  readonly source: string
}

const file = new URL('../../../test/vectors/qr.json', import.meta.url)
const { cpm }: { cpm: readonly Vector[] } = JSON.parse(readFileSync(file, 'utf8'))
const treeOf = (objects: readonly BerObject[]): Tree =>
  objects.map(({ tag, value, children }) => [tag, children === undefined ? value : treeOf(children)] as const)

it('there are 9 vectors', () => {
  expect(cpm).toHaveLength(9)
})

it.each(cpm.filter(({ valid }) => valid))('$id is read ($source)', ({ payload, expect: tree }) => {
  const code = parseConsumer(payload)

  expect(code.ok && treeOf(code.objects)).toEqual(tree)
})

it.each(cpm.filter(({ valid }) => !valid))('$id is refused by $rule ($source)', ({ payload, rule }) => {
  expect(parseConsumer(payload)).toMatchObject({ ok: false, findings: [{ rule }] })
})

const base64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64')
const VERSION = '85054350563031'
const APPLICATION = '61074F05A000000555'

it.each([
  ['C01', '', 'nothing'],
  ['C01', `${base64(VERSION)}\n`, 'a line feed'],
  ['C04', base64(`${VERSION}${APPLICATION}50`), 'a tag at the end'],
  ['C04', base64(`${VERSION}61074F06A000000555`), 'an object larger than its template'],
  ['C05', base64(`${VERSION}61820007${APPLICATION.slice(4)}`), 'a length of two bytes'],
  ['C06', base64(`${VERSION}${VERSION}${APPLICATION}`), 'the version twice'],
  ['C08', base64(`${VERSION}61045002AAAA`), 'an application without identifier'],
  ['C09', base64(`${VERSION}61134F11${'AA'.repeat(17)}`), 'an identifier of 17 bytes'],
])('%s: %s is refused: %s', (rule, payload, _why) => {
  expect(parseConsumer(payload)).toMatchObject({ ok: false, findings: [{ rule }] })
})

it('a length may have its own byte', () => {
  expect(parseConsumer(base64(`${VERSION}6181${APPLICATION.slice(2)}`)).ok).toBe(true)
})

it('never throws, for any text', () => {
  const bytes = fc.uint8Array({ maxLength: 80 }).map((tail) => base64(VERSION + Buffer.from(tail).toString('hex')))
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), bytes), (payload) => {
      expect(typeof parseConsumer(payload).ok).toBe('boolean')
    }),
    { numRuns: 5000 },
  )
})
