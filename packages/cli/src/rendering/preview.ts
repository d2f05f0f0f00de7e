import type { Preview } from '../import/preview-import.ts'
import { renderTable, type Screen } from './table.ts'

/** How a file is read: its columns with what each is, and how its first rows would end. */
export function renderPreview(screen: Screen, preview: Preview): string[] {
  const { colours } = screen
  const { format, encoding, delimiter, columns, missing, rows } = preview
  const separated = delimiter === null ? '' : `, separated by ${delimiter === '\t' ? 'tabs' : delimiter}`
  return [
    `${format === 'csv' ? 'CSV' : 'JSON Lines'} in ${encoding}${separated}`,
    renderTable(
      screen,
      ['column', 'field'],
      columns.map(({ column, field }) => [column, field ?? colours.dim('not used')]),
    ),
    ...(missing.length > 0
      ? [colours.red(`missing: ${missing.join(', ')}; say which column by --map COLUMN=FIELD`)]
      : []),
    ...(rows.length > 0
      ? [
          renderTable(
            screen,
            ['row', 'externalId', 'outcome'],
            rows.map(({ row, externalId, outcome }) => [
              String(row),
              externalId,
              outcome === 'active' ? colours.green(outcome) : colours.yellow(outcome),
            ]),
            { right: [0] },
          ),
        ]
      : []),
    colours.dim('Nothing was changed.'),
  ]
}
