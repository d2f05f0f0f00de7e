import { type Fitted, fitLine, fitText, LINE, type WidthOf } from './fit.ts'
import type { Sheet } from './sheet.ts'

/** A5 portrait in points, 72 to the inch. */
export const PAGE = { width: 419.53, height: 595.28 } as const

const MARGIN = 34
const WIDTH = PAGE.width - 2 * MARGIN
const POINTS_PER_MM = 72 / 25.4

/** Edge of the code without its quiet zone: 92 mm. */
export const CODE_EDGE = 92 * POINTS_PER_MM

/** Modules that must stay white around a code. @see ISO/IEC 18004:2015, section 9.1 */
const QUIET = 4

const INK = '#111111'
const ACCENT = '#0b6b72'
const GREY = '#555555'
const WARNING = '#b3261e'

/** A line in the middle of the page. */
interface PlacedLine {
  readonly text: string
  /** Of its baseline, from the top. */
  readonly y: number
  readonly size: number
  readonly bold: boolean
  readonly colour: string
  /** As it was measured: no renderer may make it wider. */
  readonly width: number
}

/** A run of dark modules, in points. */
interface DarkRun {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Layout {
  readonly lines: readonly PlacedLine[]
  readonly runs: readonly DarkRun[]
}

/** How wide texts are. */
export interface Measure {
  readonly bold: WidthOf
  readonly regular: WidthOf
}

/** Where everything stands: the same for each form of the sheet. */
export function layOut(sheet: Sheet, measure: Measure): Layout {
  const centred = (fitted: Fitted, top: number, look: Look): PlacedLine[] =>
    fitted.lines.map((text, at) => ({
      ...{ text, size: fitted.size, bold: look.bold ?? false, colour: look.colour ?? INK },
      y: top + fitted.size * (ASCENT + at * LINE),
      width: (look.bold ? measure.bold : measure.regular)(text, fitted.size),
    }))
  const line = (text: string, top: number, size: number, look: Look = {}): PlacedLine[] =>
    text === '' ? [] : centred(fitLine(text, WIDTH, size, look.bold ? measure.bold : measure.regular), top, look)

  const name = fitText(sheet.name, { width: WIDTH, ...NAME }, measure.bold)
  const nameTop = NAME.top + (NAME.height - name.lines.length * name.size * LINE) / 2
  return {
    lines: [
      ...line(sheet.heading, 30, 20, { bold: true, colour: ACCENT }),
      ...centred(name, nameTop, { bold: true }),
      ...line(sheet.aliasLabel, 440, 12, { colour: GREY }),
      ...line(sheet.alias, 454, 38, { bold: true }),
      ...centred(fitText(sheet.note, { width: WIDTH, ...NOTE }, measure.regular), NOTE.top, {}),
      ...line(sheet.bank, 537, 13, { colour: GREY }),
      ...line(sheet.warning ?? '', 558, 10, { bold: true, colour: WARNING }),
    ],
    runs: runsOf(sheet.modules),
  }
}

interface Look {
  readonly bold?: boolean
  readonly colour?: string
}

/** From the top of a line to its baseline, in sizes of its letters. */
const ASCENT = 0.82

const NAME = { top: 56, height: 84, largest: 36, lineCount: 3 } as const
const NOTE = { top: 502, height: 30, largest: 13, lineCount: 2 } as const

/** Middle of the code, from the top. */
const CODE_MIDDLE = 290

function runsOf(modules: Sheet['modules']): DarkRun[] {
  const edge = CODE_EDGE / modules.length
  const [left, top] = [(PAGE.width - CODE_EDGE) / 2, CODE_MIDDLE - CODE_EDGE / 2]
  return modules.flatMap((row, y) => {
    const runs: DarkRun[] = []
    for (let x = 0; x < row.length; x++) {
      if (row[x] !== true) continue
      const start = x
      while (row[x + 1] === true) x++
      runs.push({ x: left + start * edge, y: top + y * edge, width: (x + 1 - start) * edge, height: edge })
    }
    return runs
  })
}

/** The white room that a code of so many modules needs on each side, in points. */
export const quietEdge = (moduleCount: number): number => (QUIET * CODE_EDGE) / moduleCount
