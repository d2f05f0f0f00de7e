import { fileURLToPath } from 'node:url'
import {
  type CheckpointSigner,
  connectPostgres,
  createLedger,
  type Database,
  folderMemory,
  type Ledger,
  ledgerMigrations,
  migrate,
  openPglite,
} from '@pisto/ledger'
import { seededBytes, seededId } from '../../seeded.ts'
import { type CrashRequests, timeOfStep } from './requests.ts'
import { seededSigner } from './seeded-signer.ts'
import type { BooksPlace } from './writer-task.ts'

export const MIGRATIONS: readonly string[] = [
  ledgerMigrations,
  fileURLToPath(new URL('./migrations/', import.meta.url)),
]

/** Opens the books and brings them up to date, as whatever writes to them does. */
export async function openDatabase(books: BooksPlace): Promise<Database> {
  const migrations = [ledgerMigrations] // as all other tests of the ledger: a folder begins as the copy that they share
  const db =
    'url' in books ? connectPostgres(books.url, { connectionCount: 3 }) : await openPglite({ ...books, migrations })
  await migrate(db, MIGRATIONS)
  return db
}

/** Signs the checkpoints; its name is the log's. */
export const signerOf = ({ seed, tenantId }: CrashRequests): CheckpointSigner =>
  seededSigner(`crash.test/${tenantId}`, seededBytes(seed, 'signer'))

export interface LedgerPlace {
  readonly db: Database
  readonly requests: CrashRequests
  /** Number of the process. */
  readonly life: number
  /** Of the campaign: processes side by side have the same time. */
  readonly step: number
  /** Where signers remember what they signed: the same for all processes. */
  readonly signerFolder: string
  readonly onSigningFailure?: (failure: Error) => void
}

/** The ledger as the process with this number has it. */
export function openLedger({ db, requests, life, step, signerFolder, onSigningFailure }: LedgerPlace): Ledger {
  const { seed } = requests
  const signer = signerOf(requests)
  let idCount = 0
  return createLedger({
    db,
    clock: { now: () => timeOfStep(step) },
    ids: { next: (prefix) => seededId(prefix, seed, life, idCount++) },
    signer: async () => signer,
    signerMemory: folderMemory(signerFolder),
    onSigningFailure: (_, failure) => failure && onSigningFailure?.(failure),
  })
}

/** Makes the books, if nobody has. */
export const openBooks = (ledger: Ledger, requests: CrashRequests): Promise<void> =>
  ledger.openBooks({ tenantId: requests.tenantId, origin: signerOf(requests).name, timeZone: 'America/Guatemala' })
