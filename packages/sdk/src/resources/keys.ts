import type { PublishedKey, RotatedKey, RotateKey } from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { WriteOptions } from '../options.ts'

/** The keys that the tenant signs codes, receipts, its log and its directory with. */
export interface Keys {
  /** A new key for one use; the old one signs until it takes over, and stays published. */
  rotate(rotation: RotateKey, options?: WriteOptions): Promise<RotatedKey>
  /** Publishes a key no more: nothing that it ever signed is believed from then on. */
  withdraw(keyId: string, options?: WriteOptions): Promise<PublishedKey>
}

export function keys(http: Http): Keys {
  return {
    rotate: (body, options) => http.send('rotateKey', { body }, options),
    withdraw: (keyId, options) => http.send('withdrawKey', { keyId }, options),
  }
}
