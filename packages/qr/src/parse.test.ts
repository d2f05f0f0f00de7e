import fc from 'fast-check'
import { expect, it } from 'vitest'
import { build } from './build.ts'
import { crc16 } from './crc.ts'
import { parse } from './parse.ts'
import { aCode, anyCode } from './testing/codes.ts'

/** Closes a code after its text was changed. */
const sealed = (open: string): string => `${open}6304${crc16(`${open}6304`)}`
const OPEN = build(aCode).slice(0, -8)

it.each([
  ['R05', 'crc_mismatch', '63', build(aCode).replace('Tienda 8', 'Tienda 9'), 'a letter was changed'],
  ['R13dec', 'amount_decimals', '54', sealed(`${OPEN}54051.005`), 'half a centavo of Guatemala'],
  ['R19_09', 'additional_data_invalid', '62.09', sealed(`${OPEN}62060902AX`), 'nobody knows what X asks for'],
  ['R07_62', 'object_repeated', '62.05', sealed(`${OPEN}62100501a0501b`), 'which reference?'],
  ['R26_27', 'value_empty', '27.00', sealed(`${OPEN}27040000`), 'an empty GUID'],
  ['R28_64', 'template_broken', '64', sealed(`${OPEN}6404abcd`), 'a language that is no template'],
] as const)('%s is the finding %s at %s of %s: %s', (rule, code, path, payload, _why) => {
  const { ok, findings } = parse(payload)

  expect(ok).toBe(false)
  expect(findings).toContainEqual(expect.objectContaining({ rule, code, path, severity: 'error' }))
})

it('offsets count characters, also after emoji and inside templates', () => {
  const open = `${OPEN}6110🍍🍍🍍🍍🍍🍍🍍🍍🍍🍍`
  const { findings } = parse(sealed(`${open}62060902AX`))

  expect(findings).toMatchObject([{ path: '62.09', offset: Array.from(open).length + 4 }])
})

it('a checksum in lower case is read with a warning, and not by the strict profile', () => {
  const payload = sealed(`${OPEN}6102aa`)
  const lower = payload.slice(0, -4) + payload.slice(-4).toLowerCase()

  expect(lower).not.toBe(payload)
  expect(parse(lower)).toMatchObject({ ok: true, findings: [{ rule: 'R05case', severity: 'warning' }] })
  expect(parse(lower, { profile: 'strict' })).toMatchObject({ ok: false, findings: [{ severity: 'error' }] })
})

it('nothing is taken on trust from a code that is too long to have been scanned', () => {
  const { ok, findings, fields } = parse('0'.repeat(10_000_000))

  expect(ok).toBe(false)
  expect(fields).toEqual({})
  expect(findings).toMatchObject([{ rule: 'R24', severity: 'error' }])
})

it('keys of JavaScript objects do no harm', () => {
  const payload = sealed(`${OPEN}62250109__proto__0508toString`)

  expect(parse(payload).fields.additionalData).toEqual({ '01': '__proto__', '05': 'toString' })
  expect(Object.getPrototypeOf(parse(payload).fields.additionalData)).toBe(Object.prototype)
})

it('never throws, for any text', () => {
  const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^(\d\d0[1-4]\w{1,4})*$/))
  fc.assert(
    fc.property(anyText, fc.constantFrom('tolerant', 'strict'), (text, profile) => {
      const { ok, findings } = parse(text, { profile })

      expect(ok).toBe(findings.every(({ severity }) => severity === 'warning'))
    }),
    { numRuns: 5000 },
  )
})

const mutation = fc.oneof(
  fc.record({ kind: fc.constant('replace'), at: fc.nat(600), text: fc.string({ unit: 'binary', maxLength: 3 }) }),
  fc.record({ kind: fc.constant('insert'), at: fc.nat(600), text: fc.stringMatching(/^[0-9]{1,4}$/) }),
  fc.record({ kind: fc.constant('delete'), at: fc.nat(600), text: fc.stringMatching(/^.{1,9}$/) }),
  fc.record({ kind: fc.constant('swap'), at: fc.nat(600), text: fc.constant('') }),
)

function mutate(payload: string, kind: string, at: number, text: string): string {
  const place = at % payload.length
  const before = payload.slice(0, place)
  if (kind === 'insert') return before + text + payload.slice(place)
  if (kind === 'swap') return payload.slice(place) + before
  return before + (kind === 'replace' ? text : '') + payload.slice(place + Math.max(text.length, 1))
}

it('20,000 changed codes: none throws or hangs, none that changed is read by its old checksum', () => {
  fc.assert(
    fc.property(
      anyCode,
      fc.array(mutation, { minLength: 20, maxLength: 20 }),
      fc.boolean(),
      (code, changes, reseal) => {
        const payload = build(code)
        for (const { kind, at, text } of changes) {
          const changed = mutate(payload, kind, at, text)

          const { ok, findings, fields } = parse(reseal ? sealed(changed.slice(0, -8)) : changed)

          expect(ok).toBe(findings.every(({ severity }) => severity === 'warning'))
          if (!reseal && ok && changed !== payload) expect(crc16(changed.slice(0, -4))).toBe(fields.crc?.toUpperCase())
        }
      },
    ),
    { numRuns: 1000 },
  )
})
