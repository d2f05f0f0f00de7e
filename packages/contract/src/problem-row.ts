/** One way in which a request can fail, as the catalogue has it. */
export interface ProblemRow {
  readonly status: number
  readonly title: string
  readonly titleEs: string
  readonly detail?: string
  readonly detailEs?: string
}
