/** `emvqr` 0.0.5 has no types. */
declare module 'emvqr' {
  /** The objects by id. @throws {Error} the checksum is wrong, or there is no whole object */
  export function decode(payload: string): Readonly<Record<string, unknown>>
}
