import type { Port, PortMerchant } from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { Query } from '../http/route.ts'
import type { CallOptions, WriteOptions } from '../options.ts'

export interface PortFilter extends Query<'listPorts'> {}

/** Merchants who move from one institution to another, with alias and printed codes. */
export interface Ports {
  /** Offers a merchant of yours to another institution. */
  offer(merchantId: string, port: PortMerchant, options?: WriteOptions): Promise<Port>
  /** Offered to you, and offered by you, newest first. */
  list(filter?: PortFilter, options?: CallOptions): List<Port>
  get(portId: string, options?: CallOptions): Promise<Port>
  /** Takes a merchant over; once the other institution has handed over, the merchant is yours. */
  accept(portId: string, options?: WriteOptions): Promise<Port>
  /** Withdraws an offer of yours, or declines one to you. */
  cancel(portId: string, options?: WriteOptions): Promise<Port>
  /** The signed evidence; check it with `verifyEvidence` of `@pisto/proof`, with no network. */
  bundle(portId: string, options?: CallOptions): Promise<string>
}

export function ports(http: Http): Ports {
  return {
    offer: (merchantId, body, options) => http.send('portMerchant', { merchantId, body }, options),
    list: (query = {}, options) => http.list('listPorts', { query }, options),
    get: (portId, options) => http.send('getPort', { portId }, options),
    accept: (portId, options) => http.send('acceptPort', { portId }, options),
    cancel: (portId, options) => http.send('cancelPort', { portId }, options),
    bundle: (portId, options) => http.send('getPortBundle', { portId }, options),
  }
}
