import { decode } from 'jpeg-js'
import { MAX_PIXELS, type Picture } from './image-pixels.ts'

/** Every JPEG begins with these bytes: start of image, and of another marker. @see ITU-T T.81, annex B */
export const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff

/** @throws {Error} not a whole JPEG, or larger than 50 million pixels */
export function pictureOfJpeg(bytes: Uint8Array): Picture {
  return decode(bytes, {
    useTArray: true,
    maxResolutionInMP: MAX_PIXELS / 1_000_000,
    maxMemoryUsageInMB: 1024,
  })
}
