import { decodeBase64Url } from '@pisto/proof'
import type { ConnectedTenant } from '../connection.ts'
import { compareAccount, findUnknownAccounts } from './account-entries.ts'
import { ExpectedBooks, type ExpectedEntry } from './expected-books.ts'
import type { BooksVerdict } from './findings.ts'
import { LeafAudit } from './leaf-audit.ts'
import { firstDifference } from './leaf-tiles.ts'
import { newestCheckpoint, sizeOf } from './newest-checkpoint.ts'

const LEAVES = 1000

/**
 * Checks a tenant's books by what its API gives, with no trust in the server but for its published keys: the leaves
 * have the root that was signed, and every account's entries and balances follow from the leaves.
 *
 * @param onProgress Called with the leaves read so far.
 */
export async function verifyOverApi(
  connected: ConnectedTenant,
  onProgress: (leafCount: number, size: number) => void,
): Promise<BooksVerdict> {
  const { client, tenant } = connected
  const { keys } = await client.service.keys()
  const note = await newestCheckpoint(client)
  const size = sizeOf(note)
  const own = keys.filter(({ use, tenantId }) => use === 'checkpoint' && tenantId === tenant.id)
  const entries = new Map<string, Map<string, ExpectedEntry>>()
  const books = new ExpectedBooks((accountId, place, entry) => {
    const known = entries.get(accountId) ?? new Map()
    entries.set(accountId, known.set(place, entry))
  })
  const log = { tenantId: tenant.id, origin: tenant.logOrigin, publicKeys: own.map(({ x }) => decodeBase64Url(x)) }
  const audit = new LeafAudit(log, books)
  const hashes: Uint8Array[] = []

  for await (const { sequence, leaf } of client.log.leaves({ limit: LEAVES })) {
    if (audit.size >= size) break // newer than the checkpoint: next time
    if (sequence !== audit.size + 1) audit.tell('log', audit.size, 'the leaf is missing')
    hashes.push(audit.append(leaf))
    onProgress(audit.size, size)
  }
  await audit.finish(note, async () => (await firstDifference(client, hashes, size)) ?? 0)

  let entryCount = 0
  for (const [accountId, account] of books.accounts) {
    const expected = { ...account, entries: entries.get(accountId) ?? new Map() }
    const compared = await compareAccount(connected, accountId, expected, size)
    entryCount += compared.entryCount
    for (const { where, leafIndex, message } of compared.findings) audit.tell(where, leafIndex, message)
  }
  for (const { where, leafIndex, message } of await findUnknownAccounts(connected, books, size)) {
    audit.tell(where, leafIndex, message)
  }
  return verdictOf(audit, tenant, entryCount)
}

/** What an audit has found of one tenant. */
export function verdictOf(
  { findings, size, root, books }: LeafAudit,
  { id, code }: { readonly id: string; readonly code: string },
  entryCount: number,
): BooksVerdict {
  return {
    tenantId: id,
    code,
    ok: findings.length === 0,
    size,
    root: Buffer.from(root).toString('hex'),
    accountCount: books.accounts.size,
    entryCount,
    findings,
  }
}
