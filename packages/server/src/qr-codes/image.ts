import { toPng, toSvg } from '@pisto/qr/image'

/** The pictures that an answer can be instead of JSON. */
const IMAGES: Readonly<Record<string, (payload: string, title: string) => string | Uint8Array>> = {
  'image/svg+xml': (payload, title) => toSvg(payload, { title }),
  'image/png': (payload) => toPng(payload),
}

/**
 * A code's picture, for screens: error correction M, as on a screen nothing is scratched or dirty, and fewer modules
 * are read from further away; the quiet zone of 4 modules that the standard demands.
 *
 * @param mediaType That the caller prefers. @param title What a screen reader says.
 * @returns Undefined: the caller wants no picture.
 * @see ISO/IEC 18004:2015, section 9.1
 */
export const codeImage = (mediaType: string, payload: string, title: string): string | Uint8Array | undefined =>
  IMAGES[mediaType]?.(payload, title)
