import type { BooksVerdict } from '../verify/findings.ts'
import { renderTable, type Screen, shown } from './table.ts'

/** Findings shown of each tenant; `--json` has them all. */
const MOST_SHOWN = 10

/** What was checked, and what is wrong first. */
export function renderVerdicts(screen: Screen, verdicts: readonly BooksVerdict[]): string[] {
  const { green, red, bold } = screen.colours
  const rows = verdicts.map(({ code, ok, size, accountCount, entryCount, root }) => {
    return [code, ok ? green('right') : red('wrong'), `${size}`, `${accountCount}`, `${entryCount}`, root.slice(0, 16)]
  })
  const head = ['tenant', 'books', 'leaves', 'accounts', 'entries', 'root']
  return [
    renderTable(screen, head, rows, { right: [2, 3, 4] }),
    ...verdicts.flatMap(({ code, findings }) => {
      const [first] = findings
      if (first === undefined) return []
      const more = findings.length - MOST_SHOWN
      return [
        red(bold(`${code}: the first that is wrong is leaf ${first.leafIndex}`)),
        ...findings
          .slice(0, MOST_SHOWN)
          .map(({ leafIndex, where, message }) => `  leaf ${leafIndex}  ${where}  ${shown(message)}`),
        ...(more > 0 ? [`  and ${more} more`] : []),
      ]
    }),
  ]
}
