import type { Health, PublishedKeys, Readiness, Version } from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { CallOptions } from '../options.ts'

/** The server itself; all of it is public. */
export interface Service {
  /** The process is alive. */
  health(options?: CallOptions): Promise<Health>
  /** The process takes requests. */
  readiness(options?: CallOptions): Promise<Readiness>
  /** What the process counts, for Prometheus. */
  metrics(options?: CallOptions): Promise<string>
  /** What is running. */
  version(options?: CallOptions): Promise<Version>
  /** Public keys that sign codes, receipts and checkpoints. */
  keys(options?: CallOptions): Promise<PublishedKeys>
  /** The same keys as a tenant signs them for its wallets; check it with `verifyDirectory` of `@pisto/proof`. */
  directory(tenantCode: string, options?: CallOptions): Promise<string>
  /** The contract as OpenAPI 3.1. */
  openApi(options?: CallOptions): Promise<Readonly<Record<string, unknown>>>
}

export function service(http: Http): Service {
  return {
    health: (options) => http.send('getHealth', {}, options),
    readiness: (options) => http.send('getReadiness', {}, options),
    metrics: (options) => http.send('getMetrics', {}, options),
    version: (options) => http.send('getVersion', {}, options),
    keys: (options) => http.send('getPublishedKeys', {}, options),
    directory: (tenantCode, options) => http.send('getKeyDirectory', { tenantCode }, options),
    openApi: (options) => http.send('getOpenApi', {}, options),
  }
}
