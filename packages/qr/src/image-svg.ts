import encodeQR from 'qr'

/** How much of the code may be lost: about 7%, 15%, 25%, 30%. */
export type ErrorCorrection = 'L' | 'M' | 'Q' | 'H'

export interface ImageOptions {
  /** Default `M`. */
  readonly errorCorrection?: ErrorCorrection
  /** White border in modules, default 4, which the standard demands. */
  readonly quietZone?: number
}

const NAMES = { L: 'low', M: 'medium', Q: 'quartile', H: 'high' } as const

/**
 * The dark modules of a payload's QR code, row by row, with its quiet zone.
 *
 * @throws {RangeError} The quiet zone is not 0 to 100 modules.
 * @throws {Error} The payload does not fit into version 40.
 * @see ISO/IEC 18004:2015, section 9.1 for the quiet zone
 */
export function modulesOf(payload: string, { errorCorrection = 'M', quietZone = 4 }: ImageOptions = {}): boolean[][] {
  if (!Number.isInteger(quietZone) || quietZone < 0 || quietZone > 100)
    throw new RangeError(`not a quiet zone: ${quietZone}`)
  const border = Math.max(quietZone, 1) // the encoder draws at least one module
  const modules = encodeQR(payload, 'raw', { ecc: NAMES[errorCorrection], border })
  return quietZone === 0 ? modules.slice(1, -1).map((row) => row.slice(1, -1)) : modules
}

/**
 * Draws a payload as SVG: one path, one unit per module, sharp at any size.
 *
 * The text is encoded as its UTF-8 bytes, exactly; what a reader gives back is what went in.
 *
 * @param options.title What a screen reader says; default none.
 * @returns A complete `<svg>` element without width and height: style it.
 * @throws {RangeError} The quiet zone is not 0 to 100 modules.
 * @example
 * toSvg(payload, { title: 'Código de pago de Tienda Rosita' })
 */
export function toSvg(payload: string, options: ImageOptions & { readonly title?: string } = {}): string {
  const modules = modulesOf(payload, options)
  const { length: size } = modules
  const { title } = options
  const label = title === undefined ? '' : `<title>${escapeText(title)}</title>`
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges" role="img">${label}` +
    `<path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${modules.map(pathOfRow).join('')}"/></svg>`
  )
}

/** One rectangle for each run of dark modules. */
function pathOfRow(row: readonly boolean[], y: number): string {
  let path = ''
  for (let x = 0; x < row.length; x++) {
    if (row[x] !== true) continue
    const start = x
    while (row[x + 1] === true) x++
    const width = x - start + 1
    path += `M${start} ${y}h${width}v1h-${width}z`
  }
  return path
}

function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)
}
