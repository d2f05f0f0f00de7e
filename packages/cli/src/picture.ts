import { readImage, UnreadableImage } from '@pisto/qr/image'
import { failed } from './failure.ts'

/** What the QR code in a picture says. @throws {CommandFailure} none could be read */
export function readPicture(bytes: Uint8Array, file: string): string {
  try {
    return readImage(bytes)
  } catch (error) {
    if (!(error instanceof UnreadableImage)) throw error
    throw failed(`No QR code could be read from ${file}`, 'PNG and JPEG files are read.', error)
  }
}
