import type { Findability, ResolveAlias, ResolvedAlias } from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { CallOptions, WriteOptions } from '../options.ts'

/** The numbers that people are paid by. */
export interface Aliases {
  /** Whom an alias or phone would pay: show it before paying. Each key may ask a few times a minute. */
  resolve(payee: ResolveAlias, options?: CallOptions): Promise<ResolvedAlias>
  /** Its holder no longer wants to be found by alias and phone. */
  hide(alias: string, options?: WriteOptions): Promise<Findability>
  /** Its holder wants to be found again. */
  show(alias: string, options?: WriteOptions): Promise<Findability>
}

export function aliases(http: Http): Aliases {
  return {
    resolve: (body, options) => http.send('resolveAlias', { body }, options),
    hide: (alias, options) => http.send('hideAlias', { alias }, options),
    show: (alias, options) => http.send('showAlias', { alias }, options),
  }
}
