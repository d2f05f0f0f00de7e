/** How a picture is to be turned: 1 (as it is) to 8. @see CIPA DC-008 (Exif 2.32), section 4.6.4, tag 274 */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

const ORIENTATION_TAG = 0x0112
const SHORT = 3

/**
 * Reads the one thing of an Exif block that a picture cannot do without.
 *
 * @param tiff From the TIFF header on.
 * @returns 1 also where the block is broken: nothing else of it is kept anyway.
 */
export function readOrientation(tiff: Uint8Array): Orientation {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  try {
    const isLittle = view.getUint16(0) === 0x4949
    const first = view.getUint32(4, isLittle)
    const count = view.getUint16(first, isLittle)
    for (let index = 0; index < count; index++) {
      const at = first + 2 + 12 * index
      if (view.getUint16(at, isLittle) !== ORIENTATION_TAG || view.getUint16(at + 2, isLittle) !== SHORT) continue
      const value = view.getUint16(at + 8, isLittle)
      return value >= 1 && value <= 8 ? (value as Orientation) : 1
    }
  } catch {
    // offsets that lead out of the block
  }
  return 1
}

/** A JPEG segment APP1 with the orientation and nothing else. */
export function orientationSegment(orientation: Orientation): Uint8Array {
  return Uint8Array.of(
    ...[0xff, 0xe1, 0x00, 0x22], // APP1, 34 bytes
    ...[0x45, 0x78, 0x69, 0x66, 0x00, 0x00], // "Exif"
    ...[0x4d, 0x4d, 0x00, 0x2a, 0x00, 0x00, 0x00, 0x08], // big-endian TIFF, first directory at 8
    ...[0x00, 0x01], // one entry
    ...[0x01, 0x12, 0x00, 0x03, 0x00, 0x00, 0x00, 0x01, 0x00, orientation, 0x00, 0x00],
    ...[0x00, 0x00, 0x00, 0x00], // no other directory
  )
}
