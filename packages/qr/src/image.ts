/** Images of QR codes (`@pisto/qr/image`): SVG and PNG out, PNG and JPEG in; also in browsers. */

export { type PngOptions, toPng } from './image-png.ts'
export { readImage, UnreadableImage } from './image-read.ts'
export { type ErrorCorrection, type ImageOptions, modulesOf, toSvg } from './image-svg.ts'
