import { modulesOf } from '@pisto/qr/image'
import picocolors from 'picocolors'
import { expect, it } from 'vitest'
import { halfBlocks, renderCode } from './half-blocks.ts'

/** What a camera would see: the modules in the text, two rows a line. */
function modulesIn(lines: readonly string[], drawsDark: boolean): boolean[][] {
  return lines.flatMap((line) => [
    [...line].map((block) => (block === '█' || block === '▀') === drawsDark),
    [...line].map((block) => (block === '█' || block === '▄') === drawsDark),
  ])
}

it.each([true, false])('draws every module (dark ones: %s)', (drawsDark) => {
  const modules = modulesOf('000201…', { quietZone: 2 })

  const seen = modulesIn(halfBlocks(modules, drawsDark), drawsDark)

  expect(seen.slice(0, modules.length)).toEqual(modules)
  expect(seen.slice(modules.length).flat()).not.toContain(true)
})

it('is black on white with colours, light modules without', () => {
  const coloured = renderCode({ colours: picocolors.createColors(true) }, 'x')
  const plain = renderCode({ colours: picocolors.createColors(false) }, 'x')

  expect(coloured[0]).toContain('\u001b[')
  expect(coloured[0]).toContain('    ')
  expect(plain[0]).toMatch(/^█+$/)
})
