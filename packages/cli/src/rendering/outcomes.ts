import { renderTable, type Screen } from './table.ts'

export interface OutcomeCounts {
  readonly rows: number
  readonly alreadyImported: number
  readonly outcomes: Readonly<Record<string, number>>
  readonly out: string | null
}

/** What the codes mean, for whoever has to mend the file. */
const MEANINGS: Readonly<Record<string, string>> = {
  active: 'registered, has a wallet',
  birth_date_invalid: 'the birth date is no date, or not in the form 1990-12-31',
  cell_too_long: 'a cell has more than 1000 characters',
  consent_missing: 'the person has not agreed',
  country_unsupported: 'not one of the countries of these tenants',
  document_check: 'the document’s number does not check',
  document_duplicate: 'somebody is registered with this document',
  document_place: 'the department or municipality in the number does not exist',
  inReview: 'registered; somebody on a list may be meant, and operators decide',
  locale_unsupported: 'the language is neither es nor en',
  mcc_invalid: 'no such merchant category code',
  name_empty: 'a name is missing',
  phone_duplicate: 'somebody is registered with this phone',
  phone_fixed: 'a land line cannot receive the code',
  phone_invalid: 'no such phone number',
  phone_short: 'the phone number is missing digits',
  row_malformed: 'the line is no JSON object of texts',
  row_ragged: 'the row has more or fewer cells than the header',
  underage: 'too young',
}

/** How many rows ended how: the accepted ones first, then the reasons, most frequent first. */
export function renderOutcomes(screen: Screen, { rows, alreadyImported, outcomes, out }: OutcomeCounts): string[] {
  const { colours } = screen
  const sorted = Object.entries(outcomes).toSorted(
    ([a, left], [b, right]) => Number(b === 'active') - Number(a === 'active') || right - left || (a < b ? -1 : 1),
  )
  const refused = rows - (outcomes['active'] ?? 0)
  const table = sorted.map(([outcome, count]) => [
    outcome === 'active' ? colours.green(outcome) : colours.yellow(outcome),
    String(count),
    MEANINGS[outcome] ?? '',
  ])
  return [
    renderTable(screen, ['outcome', 'rows', 'meaning'], table, { right: [1] }),
    `${rows} rows: ${rows - refused} registered, ${refused} refused${alreadyImported > 0 ? `; ${alreadyImported} of them by an earlier run` : ''}`,
    ...(out === null ? [colours.dim('--out RESULT.csv says it row by row.')] : [`Row by row: ${out}`]),
  ]
}
