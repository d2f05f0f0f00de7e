import { createLedger, type Database } from '@pisto/ledger'
import { DatabaseKeyring, systemClock, TenantDirectory } from '@pisto/server'
import { checkBooks } from '@pisto/testkit'
import type { BooksVerdict, Finding } from './findings.ts'
import { LeafAudit } from './leaf-audit.ts'
import { sizeOf } from './newest-checkpoint.ts'

const LEAVES = 1000

/**
 * Checks the books of every tenant in a database twice: all tables against the log by the ledger's own check, and the
 * log by itself as an auditor does who has nothing else.
 */
export async function verifyStored(db: Database): Promise<readonly BooksVerdict[]> {
  const verdicts: BooksVerdict[] = []
  for (const { findings, ...rest } of await checkBooks(db)) {
    const told = [
      ...findings.map(({ table, ...finding }) => ({ where: table, ...finding })),
      ...(await audit(db, rest)),
    ]
    told.sort((a, b) => a.leafIndex - b.leafIndex)
    verdicts.push({ ...rest, ok: told.length === 0, findings: told })
  }
  return verdicts
}

async function audit(db: Database, { tenantId }: { readonly tenantId: string }): Promise<readonly Finding[]> {
  const { log } = createLedger({ db, clock: systemClock, ids: NO_IDS, signer: async () => undefined })
  const [note, tenant, keys] = await Promise.all([
    log.checkpoint(tenantId),
    new TenantDirectory({ db, systemClock }).get(tenantId),
    new DatabaseKeyring({ db, systemClock, clock: systemClock }).published(),
  ])
  const own = keys.filter((key) => key.use === 'checkpoint' && key.tenantId === tenantId)
  const leaves = new LeafAudit({
    tenantId,
    origin: tenant?.logOrigin ?? '',
    publicKeys: own.map(({ publicKey }) => publicKey),
  })
  const size = note === undefined ? Number.POSITIVE_INFINITY : sizeOf(note) // what is newer was not signed yet
  for (let isMore = true; isMore && leaves.size < size; ) {
    const page = await log.leaves(tenantId, { after: leaves.size, limit: Math.min(LEAVES, size - leaves.size) })
    for (const { leaf } of page) leaves.append(leaf)
    isMore = page.length > 0
  }
  await leaves.finish(note)
  return leaves.findings
}

const NO_IDS = {
  next: (): string => {
    throw new Error('nothing is written here')
  },
}
