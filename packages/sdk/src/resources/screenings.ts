import type { AppealCase, Case, CreateScreening, DecideCase, Screening, ScreeningReplay } from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { Query } from '../http/route.ts'
import type { CallOptions, WriteOptions } from '../options.ts'

export interface ScreeningFilter extends Query<'listScreenings'> {}

/** Questions to the lists in force, and what they said. */
export interface Screenings {
  /** Screens a merchant or consumer by what it has given, or anybody by name. */
  create(screening: CreateScreening, options?: WriteOptions): Promise<Screening>
  list(filter?: ScreeningFilter, options?: CallOptions): List<Screening>
  /** With every pair of words explained. */
  get(screeningId: string, options?: CallOptions): Promise<Screening>
  /** Asks the same again of the same lists, and compares. */
  replay(screeningId: string, options?: CallOptions): Promise<ScreeningReplay>
  decide(screeningId: string, body: DecideCase, options?: WriteOptions): Promise<Case>
  appeal(screeningId: string, body: AppealCase, options?: WriteOptions): Promise<Case>
}

export function screenings(http: Http): Screenings {
  return {
    create: (body, options) => http.send('createScreening', { body }, options),
    list: (query = {}, options) => http.list('listScreenings', { query }, options),
    get: (screeningId, options) => http.send('getScreening', { screeningId }, options),
    replay: (screeningId, options) => http.send('replayScreening', { screeningId }, options),
    decide: (screeningId, body, options) => http.send('decideScreening', { screeningId, body }, options),
    appeal: (screeningId, body, options) => http.send('appealScreening', { screeningId, body }, options),
  }
}
