import { expect, it } from 'vitest'
import { build } from './build.ts'
import { explain } from './explain.ts'
import type { Finding } from './finding.ts'
import { parse } from './parse.ts'
import { RULE_TEXTS } from './rule-texts.ts'
import { aCode } from './testing/codes.ts'

const payload = build(aCode)

it('says what is wrong and what to do, in two languages', () => {
  const { findings } = parse(`${payload.slice(0, -4)}FFFF`)

  expect(findings.map(explain)).toEqual([
    {
      code: 'crc_mismatch',
      rule: 'R05',
      path: '63',
      offset: payload.length - 8,
      severity: 'error',
      found: 'FFFF',
      limit: payload.slice(-4),
      message: `The checksum is FFFF, but the content gives ${payload.slice(-4)}`,
      hint: 'The code was changed or badly copied: ask for a new one, do not pay',
      messageEs: `La suma de control es FFFF, pero el contenido da ${payload.slice(-4)}`,
      hintEs: 'El código fue alterado o mal copiado: pida uno nuevo, no pague',
    },
  ])
})

const finding: Finding = { code: 'object_missing', rule: 'R08_52', path: '52', offset: 90, severity: 'warning' }

it('a rule about several objects has one text for all', () => {
  expect(explain(finding).message).toBe('Object 52 is missing')
})

it('what a stranger wrote is shown, but not at any length, and fills nothing itself', () => {
  const { message } = explain({ ...finding, rule: 'R12', found: `{limit}${'x'.repeat(99)}`, limit: 'never shown' })

  expect(message).toBe(`The currency "{limit}${'x'.repeat(33)}…" is no number of ISO 4217`)
})

it.each(Object.entries(RULE_TEXTS))('%s has four texts, whose places a finding can fill', (_rule, texts) => {
  expect(new Set(texts).size).toBe(4)
  for (const text of texts) expect(text.replace(/\{(path|found|limit)\}/g, '')).toMatch(/^[^{}]+$/)
})
