import type { Tenant } from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { CallOptions } from '../options.ts'

/** The institution whose key this is. */
export interface OwnTenant {
  get(options?: CallOptions): Promise<Tenant>
}

export function tenant(http: Http): OwnTenant {
  return { get: (options) => http.send('getTenant', {}, options) }
}
