/** Images of QR codes (`@pisto/qr/image`): SVG and PNG out, PNG in; also in browsers. */

export { type PngOptions, readPng, toPng, UnreadableImage } from './image-png.ts'
export { type ErrorCorrection, type ImageOptions, modulesOf, toSvg } from './image-svg.ts'
