import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fitLine, fitText, LINE } from './fit.ts'
import { helvetica } from './pdf.ts'

const { bold } = helvetica()
const box = { width: 351, height: 84, largest: 36, lineCount: 3 }

it.each([
  ['Tortillería Ñandú', 36, ['Tortillería Ñandú'], 'a short name is as large as can be'],
  ['Panadería y Pastelería', 36, ['Panadería y', 'Pastelería'], 'two lines, before smaller letters'],
  [
    'Panadería y Pastelería La Bendición de San Antonio Aguas Calientes',
    24,
    ['Panadería y Pastelería La', 'Bendición de San Antonio', 'Aguas Calientes'],
    'three lines, broken between words, in the largest letters that fit',
  ],
] as const)('"%s" is drawn at %d as %o: %s', (text, size, lines, _why) => {
  expect(fitText(text, box, bold)).toEqual({ size, lines })
})

it('the longest name there can be, of the widest letters, is broken and not cut', () => {
  for (const letter of ['W', 'Ñ', 'Œ', '—', '@']) {
    const name = letter.repeat(100)

    expect(fitText(name, box, bold).lines.join('')).toBe(name)
  }
})

it('what does not fit in any way is cut, and says so', () => {
  const { lines } = fitText('palabra '.repeat(200).trim(), box, bold)

  expect(lines).toHaveLength(3)
  expect(lines.at(-1)).toMatch(/ palabr…$/)
  expect(fitLine('Banco '.repeat(40), 351, 13, bold).lines).toEqual([expect.stringMatching(/…$/)])
})

it('nothing is wider or higher than its box, and nothing is lost that is not cut (property)', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'Wiñ á—.ÉÜ 9'), minLength: 1, maxLength: 300 })
  const text = letters.map((each) => each.replace(/\s+/g, ' ').trim()).filter((each) => each !== '')
  fc.assert(
    fc.property(text, fc.integer({ min: 60, max: 400 }), fc.integer({ min: 12, max: 90 }), (given, width, height) => {
      const { size, lines } = fitText(given, { ...box, width, height }, bold)

      for (const line of lines) expect(bold(line, size)).toBeLessThanOrEqual(width)
      expect(lines.length === 1 || lines.length * size * LINE <= height).toBe(true)
      const shown = lines.join('').replaceAll(' ', '')
      const isWhole = shown === given.replaceAll(' ', '')
      expect(isWhole || lines.at(-1)?.endsWith('…')).toBe(true)
    }),
    { numRuns: 300 },
  )
})
