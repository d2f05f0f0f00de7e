import { randomBytes } from 'node:crypto'
import {
  createLedger,
  type Database,
  type IdSource,
  type Ledger,
  type LedgerRequest,
  toTypeId,
  verifyBooks,
} from '@pisto/ledger'
import { ed25519Signer } from '@pisto/proof'

/** One tenant's books with all that a real tenant's have: keys, leaves, signed checkpoints. */
export interface LongBooks {
  readonly db: Database
  readonly ledger: Ledger
  readonly tenantId: string
  readonly publicKey: Uint8Array
  readonly ids: IdSource
  request(key: string): LedgerRequest
}

const BODY_HASH = new Uint8Array(32).fill(7)

/** Opens books of a new tenant. @param db With the ledger's tables. */
export async function openLongBooks(db: Database, clock: { now(): Date }): Promise<LongBooks> {
  const ids = risingIds()
  const key = ed25519Signer(new Uint8Array(randomBytes(32)))
  const tenantId = ids.next('ten')
  const origin = `long.example/${tenantId}`
  const ledger = createLedger({ db, clock, ids, signer: async () => ({ ...key, name: origin }) })
  await ledger.openBooks({ tenantId, origin, timeZone: 'America/Guatemala' })
  return {
    ...{ db, ledger, tenantId, ids, publicKey: key.publicKey },
    request: (key) => ({ tenantId, clientId: 'long', operation: 'test', key, bodyHash: BODY_HASH }),
  }
}

/** Rising like UUIDs of version 7, so that indexes grow at one end as they do in production; unlike those of any other run. */
function risingIds(): IdSource {
  const run = randomBytes(10).toString('hex')
  let count = 0
  return { next: (prefix) => toTypeId(prefix, `0${(++count).toString(16).padStart(11, '0')}${run}`) }
}

/** Recomputes everything from the tables. */
export async function verifyFully(
  { db, tenantId, publicKey }: LongBooks,
  onProgress: (leaves: number) => void,
): Promise<{ readonly leaves: number; readonly faults: readonly string[] }> {
  const { size, findings } = await verifyBooks(db, tenantId, { publicKeys: [publicKey], onProgress })
  return { leaves: size, faults: findings.map((found) => `${found.table} ${found.leafIndex}: ${found.message}`) }
}

/** @example centavos(1205n) // '12.05' */
export const centavos = (minor: bigint): string => {
  const digits = minor.toString().padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Calls so many times, by so many callers at once; `call` gets the number of the call. */
export async function callEach(times: number, callers: number, call: (n: number) => Promise<void>): Promise<void> {
  let next = 0
  const loop = async (): Promise<void> => {
    while (next < times) await call(next++)
  }
  await Promise.all(Array.from({ length: Math.min(callers, times) }, loop))
}
