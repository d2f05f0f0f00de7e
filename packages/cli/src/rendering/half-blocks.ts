import { modulesOf } from '@pisto/qr/image'
import type { Screen } from './table.ts'

const BLOCKS = { both: '█', top: '▀', bottom: '▄', none: ' ' } as const

/**
 * A QR code as text, two rows of modules in each line. With colours: black on white, as phones expect it. Without:
 * the light modules are drawn, which is right on the dark background that most terminals have.
 *
 * @throws {Error} the payload does not fit into a QR code
 */
export function renderCode({ colours }: Pick<Screen, 'colours'>, payload: string): string[] {
  const modules = modulesOf(payload, { quietZone: 2, errorCorrection: 'M' })
  const paint = (line: string): string => (colours.isColorSupported ? colours.bgWhiteBright(colours.black(line)) : line)
  return halfBlocks(modules, colours.isColorSupported).map(paint)
}

/** @param drawsDark Whether dark modules are drawn, or the light ones. */
export function halfBlocks(modules: readonly (readonly boolean[])[], drawsDark: boolean): string[] {
  const lines: string[] = []
  for (let y = 0; y < modules.length; y += 2) {
    const [upper = [], lower = []] = [modules[y], modules[y + 1]]
    lines.push(
      upper
        .map((isDark, x) => {
          const top = isDark === drawsDark
          const bottom = (lower[x] ?? false) === drawsDark
          if (top) return bottom ? BLOCKS.both : BLOCKS.top
          return bottom ? BLOCKS.bottom : BLOCKS.none
        })
        .join(''),
    )
  }
  return lines
}
