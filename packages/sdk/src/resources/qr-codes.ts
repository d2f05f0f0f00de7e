import type { CreateQrCode, QrCode, RevokeQrCode } from '@pisto/contract'
import type { Download } from '../http/download.ts'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { FileFormat, Query } from '../http/route.ts'
import type { CallOptions, WriteOptions } from '../options.ts'

export interface QrCodeFilter extends Query<'listQrCodes'> {}
export type SheetFormat = FileFormat<'getQrCodeSheet'>

/** Codes that a merchant prints or shows until they are revoked, used or expired. */
export interface QrCodes {
  /** For any amount, where none is given. */
  create(merchantId: string, code?: CreateQrCode, options?: WriteOptions): Promise<QrCode>
  /** Newest first. */
  list(merchantId: string, filter?: QrCodeFilter, options?: CallOptions): List<QrCode>
  get(merchantId: string, qrCodeId: string, options?: CallOptions): Promise<QrCode>
  /** Withdraws it for good. */
  revoke(merchantId: string, qrCodeId: string, why?: RevokeQrCode, options?: WriteOptions): Promise<QrCode>
  /** The code as a picture, sharp at any size. */
  svg(merchantId: string, qrCodeId: string, options?: CallOptions): Promise<string>
  /** The code as a picture, 8 pixels a module. */
  png(merchantId: string, qrCodeId: string, options?: CallOptions): Promise<Uint8Array>
  /** A sheet to print, A5, with the shop’s name and alias in large type. In the client’s language. */
  sheet(merchantId: string, qrCodeId: string, format?: SheetFormat, options?: CallOptions): Promise<Download>
}

export function qrCodes(http: Http): QrCodes {
  return {
    create: (merchantId, body = {}, options) => http.send('createQrCode', { merchantId, body }, options),
    list: (merchantId, query = {}, options) => http.list('listQrCodes', { merchantId, query }, options),
    get: (merchantId, qrCodeId, options) => http.send('getQrCode', { merchantId, qrCodeId }, options),
    revoke: (merchantId, qrCodeId, body = {}, options) =>
      http.send('revokeQrCode', { merchantId, qrCodeId, body }, options),
    svg: (merchantId, qrCodeId, options) => http.image('getQrCode', 'image/svg+xml', { merchantId, qrCodeId }, options),
    png: (merchantId, qrCodeId, options) => http.image('getQrCode', 'image/png', { merchantId, qrCodeId }, options),
    sheet: (merchantId, qrCodeId, format = 'pdf', options) =>
      http.download('getQrCodeSheet', format, { merchantId, qrCodeId, query: { format } }, options),
  }
}
