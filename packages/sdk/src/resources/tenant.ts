import type { Tenant, UpdateTenant } from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { CallOptions, EditOptions } from '../options.ts'

/** The institution whose key this is. */
export interface OwnTenant {
  get(options?: CallOptions): Promise<Tenant>
  /** Sets limits of the institution's own. */
  update(change: UpdateTenant, options?: EditOptions): Promise<Tenant>
}

export function tenant(http: Http): OwnTenant {
  return {
    get: (options) => http.send('getTenant', {}, options),
    update: (body, options) => http.send('updateTenant', { body }, options),
  }
}
