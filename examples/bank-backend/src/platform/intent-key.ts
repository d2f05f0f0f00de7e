import { createHash } from 'node:crypto'

/**
 * A key that follows from what is wanted: the same intent of the same person gives the same key, in every process and
 * after every restart, so that Pisto and the core system recognise its repetition. Nothing personal can be read in it.
 *
 * @param parts The operation first, then whose intent it is and which.
 * @returns 32 hexadecimal digits.
 */
export const intentKey = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
