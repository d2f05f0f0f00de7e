import type { CampaignReport, PlaceReport } from './campaign.ts'

const COLUMNS: readonly [title: string, of: (place: PlaceReport) => string | number][] = [
  ['killed', ({ place }) => TITLES[place]],
  ['kills', ({ killCount }) => killCount],
  ['books', ({ roundCount }) => roundCount],
  ['requests', ({ counts }) => counts.done + counts.refused],
  ['refused', ({ counts }) => counts.refused],
  ['replayed', ({ counts }) => counts.replayed],
  ['unanswered: whole', ({ unanswered }) => unanswered.whole],
  ['absent', ({ unanswered }) => unanswered.absent],
  ['transactions', ({ transactionCount }) => transactionCount],
  ['checkpoints', ({ noteCount }) => noteCount],
  ['wrong', ({ findings }) => findings.length],
]

const TITLES: Record<PlaceReport['place'], string> = {
  postgres: 'a process on PostgreSQL',
  pglite: 'a process on a folder',
  database: 'PostgreSQL itself',
}

/** A Markdown table of what happened, then what was wrong. */
export function reportLines({ seed, places, durationMs }: CampaignReport): string[] {
  const kills = places.reduce((sum, { killCount }) => sum + killCount, 0)
  const wrong = places.flatMap(({ place, findings }) =>
    findings.map(({ kill, rule, message }) => `seed ${seed}, ${place}, kill ${kill}: ${rule}: ${message}`),
  )
  const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`
  return [
    row(COLUMNS.map(([title]) => title)),
    row(COLUMNS.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...places.map((place) => row(COLUMNS.map(([, of]) => of(place)))),
    '',
    `Seed ${seed}: ${kills} kills in ${Math.round(durationMs / 1000)} s, ${wrong.length} contradictions.`,
    ...wrong,
  ]
}
