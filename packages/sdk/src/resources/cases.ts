import type { AppealCase, AssignReview, Case, CaseReport, DecideCase } from '@pisto/contract'
import type { Download } from '../http/download.ts'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { Query } from '../http/route.ts'
import type { CallOptions, WriteOptions } from '../options.ts'

export interface CaseFilter extends Query<'listCases'> {}
export interface CaseReportPeriod extends Omit<Query<'getCaseReport'>, 'format'> {}

/** What people must decide: possible matches, and movements that a rule noticed. */
export interface Cases {
  list(filter?: CaseFilter, options?: CallOptions): List<Case>
  get(caseId: string, options?: CallOptions): Promise<Case>
  /** Gives it to an operator, or takes it. */
  assign(caseId: string, body: AssignReview, options?: WriteOptions): Promise<Case>
  /** Where two are needed, the first call proposes and another operator decides. */
  decide(caseId: string, body: DecideCase, options?: WriteOptions): Promise<Case>
  appeal(caseId: string, body: AppealCase, options?: WriteOptions): Promise<Case>
  /** Confirmed cases with who they are about, for the financial intelligence unit. */
  report(period?: CaseReportPeriod, options?: CallOptions): Promise<CaseReport>
  /** The same as a file. */
  reportFile(format: 'csv', period?: CaseReportPeriod, options?: CallOptions): Promise<Download>
}

export function cases(http: Http): Cases {
  return {
    list: (query = {}, options) => http.list('listCases', { query }, options),
    get: (caseId, options) => http.send('getCase', { caseId }, options),
    assign: (caseId, body, options) => http.send('assignCase', { caseId, body }, options),
    decide: (caseId, body, options) => http.send('decideCase', { caseId, body }, options),
    appeal: (caseId, body, options) => http.send('appealCase', { caseId, body }, options),
    report: (query = {}, options) => http.send('getCaseReport', { query }, options),
    reportFile: (format, period = {}, options) =>
      http.download('getCaseReport', format, { query: { ...period, format } }, options),
  }
}
