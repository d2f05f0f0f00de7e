import { hash } from 'node:crypto'
import type { Sha256 } from '../sha256.ts'

/** SHA-256 as the server injects it. */
export const nodeSha256: Sha256 = (bytes) => new Uint8Array(hash('sha256', bytes, 'buffer'))
