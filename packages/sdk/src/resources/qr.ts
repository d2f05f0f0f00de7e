import type { ParsedQr, QrPayload, ResolvedQr } from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { CallOptions } from '../options.ts'

/** The text of scanned codes. */
export interface Qr {
  /** Reads the code of a shop or of a payer’s wallet, and says what is wrong with it, where, and how to mend it. */
  parse(code: QrPayload, options?: CallOptions): Promise<ParsedQr>
  /** What a payer should see before paying: who is paid, is it signed, how much. */
  resolve(code: QrPayload, options?: CallOptions): Promise<ResolvedQr>
}

export function qr(http: Http): Qr {
  return {
    parse: (body, options) => http.send('parseQr', { body }, options),
    resolve: (body, options) => http.send('resolveQr', { body }, options),
  }
}
